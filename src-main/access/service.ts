/** The front door: who is at the counter, what a second person agreed to, and who did what. */
export { approve, approversLacking } from './approvals.ts'
export { agreeAsked, approversHere, askApproval, askedOfMe, askedOutcome, refuseAsked, withdrawAsked } from './asked.ts'
export { auditLog, chainJob, chainState, recordChainCheck, requestChainCheck, verifyAudit } from './audit-log.ts'
export { credentialOf, PasswordTooWeak, setPassword, turnedDown, verifyPassword } from './credentials.ts'
export { passwordMatches, pretendToMatch } from './password.ts'
export { passwordSetByAnother } from './rules.ts'
export { believableLockOuts, endEverySession, liftLockOuts } from './restored.ts'
export {
  changePassword,
  lock,
  noteFile,
  login,
  logout,
  addStaff,
  resetPassword,
  sessionOf,
  strangeToken,
  sessionOpen,
  unlock,
  whoAmI,
} from './sessions.ts'
export {
  AlreadySetUp,
  createDemoStaff,
  createDevice,
  demoAccounts,
  demoStaff,
  listCredentials,
  setUp,
  welcome,
} from './set-up.ts'
