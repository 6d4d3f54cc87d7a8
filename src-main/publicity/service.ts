/** 公示与宣传: what other rooms and the windows may use of this room. */
export {
  board,
  BoardIncomplete,
  boardNow,
  BoardNotFound,
  dayTurn,
  discardDraft,
  display,
  draft,
  draftBoard,
  fillInValues,
  NoDraft,
  publish,
  saveDraft,
  version,
  versions,
  versionsSql,
} from './board.ts'
export {
  addPicture,
  campaign,
  campaignCounts,
  campaignFigures,
  campaignList,
  CampaignNotFound,
  campaignRecord,
  campaignsSql,
  CampaignStep,
  campaignYear,
  cancelCampaign,
  editCampaign,
  planCampaign,
  recordCampaign,
  recordUnplanned,
} from './campaigns.ts'
export { keepPicture, PictureNotFound, picturesOf, readPicture, removePicture, TooManyPictures } from './pictures.ts'
export { exampleBoard } from './examples.ts'
