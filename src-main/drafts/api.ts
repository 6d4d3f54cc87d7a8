/**
 * 草稿: forms that are not finished, kept so that a crash or a power cut loses none of them. Each operator sees only
 * their own; a form that was sent, or lay for `keepDays` days, is gone.
 */
import { z } from 'zod'
import { call, Instant, shortText } from '../platform/contract.ts'

/** Days after its last change for which a draft is kept. */
export const keepDays = 30
/** Drafts of one operator; one more pushes the oldest out. */
export const maxDrafts = 40
/** Characters of one form as JSON: the longest form has some thousand. */
export const maxBody = 40_000

const Key = z.string().min(1).max(120)

/** What the list of unfinished forms shows of one. */
export const DraftView = z.object({ key: Key, title: z.string(), path: z.string(), updatedAt: Instant })
export type DraftView = z.output<typeof DraftView>

/** The operator's unfinished forms, the newest first. */
export const Mine = call({
  name: 'drafts.mine',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.array(DraftView),
})

/** The same with what was typed; read once, when the operator logs in. */
export const Load = call({
  name: 'drafts.load',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.array(DraftView.extend({ body: z.string() })),
})

/**
 * Keeps a form as it stands now, in place of what was kept before. The same twice has the effect of once, so there is no
 * request id; and no audit row, as nothing has been done yet.
 */
export const Save = call({
  name: 'drafts.save',
  kind: 'change',
  allow: 'signed-in',
  unaudited: true,
  input: z.strictObject({
    key: Key,
    title: shortText('表单名称', 60),
    path: z.string().max(300).regex(/^\//, '页面地址不正确'),
    body: z.string().max(maxBody, '填写的内容太长，不能存为草稿').refine(isJson, '草稿内容不正确'),
  }),
  output: z.object({}),
})

/** Forgets a form: it was sent, or emptied again. */
export const Remove = call({
  name: 'drafts.remove',
  kind: 'change',
  allow: 'signed-in',
  unaudited: true,
  input: z.strictObject({ key: Key }),
  output: z.object({}),
})

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}
