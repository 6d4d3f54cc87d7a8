/** 业务流程图: each business as the table has it by which the program goes (clauses 6(2), 14(1)). */
import { z } from 'zod'
import { call } from '../platform/contract.ts'

export const List = call({
  name: 'flows.list',
  kind: 'read',
  allow: 'signed-in',
  input: z.strictObject({}),
  output: z.array(z.object({ id: z.string(), title: z.string(), states: z.int(), moves: z.int() })),
})
