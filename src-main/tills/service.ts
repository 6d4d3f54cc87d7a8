/** 本厅电脑: the PCs of this hall, the code by which another joins, and the withdrawal of one. */
import { networkInterfaces } from 'node:os'
import { useCase } from '../platform/use-case.ts'
import { HideCode, ShowCode, State, Withdraw } from './api.ts'
import { deskOf } from './desk.ts'
import { tillsOf, withdrawTill } from './paired.ts'
import { codeShown, defaultPort } from './rules.ts'

export { foundTill, isPaired } from './paired.ts'

/** Addresses under which the other PCs of the hall find this one. */
const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((found = []) =>
    found.filter(({ family, internal }) => family === 'IPv4' && !internal).map(({ address }) => address),
  )

export const state = useCase(State, (_, { sqlite, clock }) => {
  const desk = deskOf(sqlite)
  const { until, ended } = desk.state(clock.now())
  const port = desk.listening?.port
  return {
    tills: tillsOf(sqlite).map(({ fingerprint, ...till }) => {
      const heard = desk.connected.get(till.code)
      return { ...till, host: fingerprint === null, line: heard ?? null }
    }),
    addresses:
      port === undefined
        ? []
        : ownAddresses().map((address) => (port === defaultPort ? address : `${address}:${port}`)),
    trouble: desk.trouble,
    codeUntil: until,
    codeEnded: ended,
  }
})

export const showCode = useCase(ShowCode, (_, context) => {
  const desk = deskOf(context.sqlite)
  const { code, until } = desk.show(context.actor, context.clock.now())
  context.afterCommit(() => desk.changed())
  return { code: codeShown(code), until }
})

export const hideCode = useCase(HideCode, (_, context) => {
  const desk = deskOf(context.sqlite)
  context.afterCommit(() => {
    desk.hide()
    desk.changed()
  })
  return {}
})

export const withdraw = useCase(Withdraw, ({ code, reason }, context) => {
  const { name } = withdrawTill(context, code, reason)
  context.audit({ subject: `till:${code}`, detail: { called: name, reason } })
  context.emit({ event: 'changed', data: { room: 'tills' } })
  const desk = deskOf(context.sqlite)
  context.afterCommit(() => {
    desk.connected.get(code)?.end()
    desk.changed()
  })
  return {}
})
