/** 照片、签到表 of campaigns, drills and register entries: kept sealed beside the database, shown to everybody signed in. */
import { asc, eq } from 'drizzle-orm'
import type { Context } from '../platform/context.ts'
import { domainError } from '../platform/errors.ts'
import { newId } from '../platform/ids.ts'
import { keepFile, readKept } from '../platform/kept-files.ts'
import { useCase } from '../platform/use-case.ts'
import { ReadPicture, RemovePicture, type PictureView } from './api.ts'
import { pictures } from './tables.ts'

/** Pictures of one record. */
const maxPictures = 50

export const PictureNotFound = domainError('PictureNotFound', '没有找到这张照片，请刷新后再试')
export const TooManyPictures = domainError('TooManyPictures', `每条记录最多 ${maxPictures} 张照片`)

/** Keeps a picture with the record `subject` names (`campaign:id`). @returns picture id @throws AttachmentRefused · TooManyPictures */
export function keepPicture(context: Context, subject: string, sourcePath: string): string {
  const { db, clock, actor } = context
  if (picturesOf(context, subject).length >= maxPictures) throw new TooManyPictures()
  const id = newId(clock)
  const kept = keepFile(context, sourcePath, id)
  db.insert(pictures)
    .values({ id, subject, ...kept, addedAt: clock.now(), addedBy: actor.name })
    .run()
  return id
}

export const picturesOf = ({ db }: Context, subject: string): PictureView[] =>
  db
    .select({
      pictureId: pictures.id,
      name: pictures.name,
      size: pictures.size,
      addedAt: pictures.addedAt,
      addedBy: pictures.addedBy,
    })
    .from(pictures)
    .where(eq(pictures.subject, subject))
    .orderBy(asc(pictures.addedAt), asc(pictures.id))
    .all()

function byId({ db }: Context, pictureId: string) {
  const row = db.select().from(pictures).where(eq(pictures.id, pictureId)).get()
  if (!row) throw new PictureNotFound()
  return row
}

/** @throws PictureNotFound · AttachmentDamaged */
export const readPicture = useCase(ReadPicture, ({ pictureId }, context) => {
  const { name, hash } = byId(context, pictureId)
  return { name, ...readKept(context, hash) }
})

/** Whose pages show it. */
const roomOf = (subject: string) =>
  subject.startsWith('drill:') ? 'emergency' : subject.startsWith('register-entry:') ? 'registers' : 'publicity'

/** @throws PictureNotFound */
export const removePicture = useCase(RemovePicture, ({ pictureId, reason }, context) => {
  const { subject, name } = byId(context, pictureId)
  context.db.delete(pictures).where(eq(pictures.id, pictureId)).run()
  context.audit({ subject, detail: { pictureId, name, reason } })
  context.emit({ event: 'changed', data: { room: roomOf(subject) } })
  return {}
})
