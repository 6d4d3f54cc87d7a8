import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { VoidContract } from '../../src-main/contracts/api.ts'
import { setGasState } from '../../src-main/customers/service.ts'
import { Cancel, Detail, TakeOver } from '../../src-main/installations/api.ts'
import { shanghaiDate } from '../../src-main/platform/dates.ts'
import { DomainError } from '../../src-main/platform/errors.ts'
import { AddCertificate, Leave, WithdrawCertificate } from '../../src-main/staff/api.ts'
import { createStaff } from '../../src-main/staff/service.ts'
import { copyIn } from '../support/certificate.ts'
import { CallFailed, openTestHall, type TestHall } from '../support/hall.ts'
import {
  apply,
  certifiedWorker,
  requestId,
  residentApplication,
  restaurantApplication,
  stepsOf,
  today,
  untilIgnition,
  type Steps,
} from './steps.ts'

let hall: TestHall
beforeEach(async () => void (hall = await openTestHall()))
afterEach(() => hall.close())

const gasStateOf = (applicationId: string) =>
  hall.hall.environment.sqlite
    .prepare('SELECT p.gas_state FROM service_points p JOIN applications a ON a.service_point_id = p.id WHERE a.id = ?')
    .pluck()
    .get(applicationId)

/** What has been shown so far, kept by the test beside the hall. Tests count from the last acceptance. */
interface Shown {
  survey: boolean | null
  supply: 'none' | 'draft' | 'signed'
  safety: 'none' | 'draft' | 'signed'
  account: boolean
  meter: boolean
  acceptance: boolean | null
  tightness: boolean | null
  safetyCheck: boolean | null
  cancelled: boolean
}
const nothing: Shown = {
  survey: null,
  supply: 'none',
  safety: 'none',
  account: false,
  meter: false,
  acceptance: null,
  tightness: null,
  safetyCheck: null,
  cancelled: false,
}
/** The clauses in one line: both contracts (15), acceptance (17(1)), tightness test and safety check (17(2)). */
const lawful = (shown: Shown): boolean =>
  !shown.cancelled &&
  shown.survey === true &&
  shown.supply === 'signed' &&
  shown.safety === 'signed' &&
  shown.account &&
  shown.meter &&
  shown.acceptance === true &&
  shown.tightness === true &&
  shown.safetyCheck === true

interface Act {
  readonly run: (steps: Steps, applicationId: string) => Promise<unknown>
  readonly shows: (shown: Shown) => Shown
}
const voidOf = (kind: 'supply' | 'safety'): Act => ({
  run: (steps) =>
    hall.call(
      VoidContract,
      { requestId: requestId(), contractId: steps.contractOf(kind), reason: '填写有误' },
      'hall-manager',
    ),
  shows: (shown) => ({ ...shown, [kind]: 'none' }),
})
const accepted = (shown: Shown, acceptance: boolean): Shown => ({
  ...shown,
  acceptance,
  tightness: null,
  safetyCheck: null,
})
const acts: Record<string, Act> = {
  survey: { run: (s) => s.survey(), shows: (shown) => ({ ...shown, survey: true }) },
  failSurvey: { run: (s) => s.failSurvey(), shows: (shown) => ({ ...shown, survey: false }) },
  draft: {
    run: (s) => s.draft(),
    shows: (shown) => ({
      ...shown,
      supply: shown.supply === 'none' ? 'draft' : shown.supply,
      safety: shown.safety === 'none' ? 'draft' : shown.safety,
    }),
  },
  signSupply: { run: (s) => s.printAndSign('supply'), shows: (shown) => ({ ...shown, supply: 'signed' }) },
  signSafety: { run: (s) => s.printAndSign('safety'), shows: (shown) => ({ ...shown, safety: 'signed' }) },
  voidSupply: voidOf('supply'),
  voidSafety: voidOf('safety'),
  openAccount: { run: (s) => s.openAccount(), shows: (shown) => ({ ...shown, account: true }) },
  installMeter: { run: (s) => s.installMeter(), shows: (shown) => ({ ...shown, meter: true }) },
  accept: { run: (s) => s.accept(), shows: (shown) => accepted(shown, true) },
  failAcceptance: { run: (s) => s.failAcceptance(), shows: (shown) => accepted(shown, false) },
  tightness: { run: (s) => s.tightness(), shows: (shown) => ({ ...shown, tightness: true }) },
  failTightness: { run: (s) => s.failTightness(), shows: (shown) => ({ ...shown, tightness: false }) },
  safety: { run: (s) => s.safety(), shows: (shown) => ({ ...shown, safetyCheck: true }) },
  failSafety: { run: (s) => s.failSafety(), shows: (shown) => ({ ...shown, safetyCheck: false }) },
  cancel: {
    run: (_, applicationId) => hall.call(Cancel, { requestId: requestId(), applicationId, reason: '客户放弃' }),
    shows: (shown) => ({ ...shown, supply: 'none', safety: 'none', cancelled: true }),
  },
}

/** Whether the call was taken; a fault of the program is no refusal. */
async function taken(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt
    return true
  } catch (error) {
    const refused = error instanceof DomainError || (error instanceof CallFailed && error.failure.code !== 'Internal')
    if (!refused) throw error
    return false
  }
}

describe('通气 (clauses 15, 17)', () => {
  test('in every order of every step, gas flows exactly when both contracts, acceptance, tightness test and safety check stand', async () => {
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    const { sqlite } = hall.hall.environment
    const seen = new Set<string>()
    let ignitions = 0
    let refusals = 0
    /** Everything below a state is tried and taken back, so that each way of reaching a state is tried once. */
    const tried = async <T>(attempt: () => Promise<T>): Promise<T> => {
      sqlite.exec('SAVEPOINT attempt')
      try {
        return await attempt()
      } finally {
        sqlite.exec('ROLLBACK TO attempt; RELEASE attempt')
      }
    }
    const explore = async (shown: Shown): Promise<void> => {
      const key = JSON.stringify(shown)
      if (seen.has(key)) return
      seen.add(key)
      await tried(async () => {
        const flows = await taken(steps.ignite())
        expect(flows, key).toBe(lawful(shown))
        expect(gasStateOf(applicationId), key).toBe(flows ? 'supplied' : 'not-ignited')
        if (flows) ignitions += 1
        else refusals += 1
      })
      for (const { run, shows } of Object.values(acts)) {
        await tried(async () => {
          if (await taken(run(steps, applicationId))) await explore(shows(shown))
        })
      }
    }
    await tried(() => explore(nothing))
    // Every combination of evidence that calls can produce was reached, and only one kind of it lights the flame.
    expect(seen.size).toBeGreaterThan(90)
    expect(ignitions).toBe(1)
    expect(refusals).toBe(seen.size - 1)
  })

  test('at random, with repeats and restarts in between: gas never flows on incomplete evidence', async () => {
    const names = [...Object.keys(acts).filter((name) => name !== 'cancel'), 'ignite', 'ignite', 'restart']
    let n = 100
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...names), { minLength: 10, maxLength: 40 }), async (walk) => {
        const applicationId = await apply(hall, residentApplication(hall, ++n))
        const steps = {
          ...stepsOf(hall, applicationId),
          installMeter: () => stepsOf(hall, applicationId).installMeter(`M-${n}00`),
        }
        let shown = nothing
        for (const name of [...walk]) {
          if (name === 'restart') await hall.restart()
          else if (name === 'ignite') {
            const flows = await taken(steps.ignite())
            expect(flows).toBe(lawful(shown))
            if (flows) return
          } else {
            const act = acts[name]
            if (act && (await taken(act.run(steps, applicationId)))) shown = act.shows(shown)
          }
          expect(gasStateOf(applicationId)).toBe('not-ignited')
        }
      }),
      { numRuns: 25 },
    )
  })

  test('cannot be reached past the calls: the database itself refuses first gas without an ignited application', async () => {
    const applicationId = await apply(hall)
    const steps = stepsOf(hall, applicationId)
    const { sqlite } = hall.hall.environment
    const pointId = sqlite.prepare('SELECT service_point_id FROM applications').pluck().get() as string
    for (const step of [null, steps.survey, steps.draft, () => steps.print('supply'), () => steps.sign('supply')]) {
      await step?.()
      for (const state of ['supplied', 'deactivated', 'dismantled'] as const) {
        expect(() => hall.transact((context) => setGasState(context, pointId, state, null))).toThrow('first gas')
      }
      expect(() => hall.transact((context) => setGasState(context, pointId, 'suspended', 'planned'))).toThrow(
        'first gas',
      )
      expect(() => hall.transact(({ sqlite: db }) => db.exec(`UPDATE applications SET state = 'ignited'`))).toThrow(
        'ignition without its evidence',
      )
    }
    expect(gasStateOf(applicationId)).toBe('not-ignited')
  })

  describe('every work on site is by the certified staff alone (clauses 10(8), 10(9))', () => {
    const person = (staffNo: string, paper: { kind?: 'maintenance' | 'inspection'; validTo?: string } | null) => {
      const staffId = hall.transact((context) =>
        createStaff(context, { staffNo, name: `刘${staffNo}`, roles: ['clerk'] }),
      )
      if (paper === null) return Promise.resolve(staffId)
      const { kind = 'maintenance', validTo = '2029-12-31' } = paper
      const held = { staffId, kind, number: `WX-${staffNo}`, issuedOn: '2026-01-01', validTo, ...copyIn(hall) }
      return hall.call(AddCertificate, { requestId: requestId(), ...held }, 'hall-manager').then(() => staffId)
    }
    const lacking: Record<string, () => Promise<string>> = {
      'without any': () => person('6001', null),
      'with one of another kind': () => person('6002', { kind: 'inspection' }),
      'whose certificate ran out yesterday': async () => {
        const staffId = await person('6003', { validTo: today })
        hall.clock.advance(86_400_000)
        return staffId
      },
      'whose certificate was withdrawn': async () => {
        const staffId = await person('6004', {})
        const { certificates } = hall.hall.environment.sqlite
          .prepare(`SELECT id AS certificates FROM certificates WHERE staff_id = ?`)
          .get(staffId) as { certificates: string }
        await hall.call(
          WithdrawCertificate,
          { requestId: requestId(), certificateId: certificates, reason: '年审未过' },
          'hall-manager',
        )
        return staffId
      },
      'who has left': async () => {
        const staffId = await person('6005', {})
        await hall.call(Leave, { staffId }, 'administrator')
        return staffId
      },
    }
    test.each(Object.entries(lacking))('never by somebody %s', async (_, make) => {
      const staffId = await make()
      const applicationId = await apply(hall)
      const { sqlite } = hall.hall.environment
      const day = () => shanghaiDate(hall.clock.now())
      const right = stepsOf(hall, applicationId, true, day)
      const wrong = stepsOf(
        hall,
        applicationId,
        true,
        day,
        () => staffId,
        () => staffId,
      )
      const openAccount = async () => {
        await right.draft()
        for (const kind of ['supply', 'safety'] as const) await right.printAndSign(kind)
        await right.openAccount()
      }
      for (const [act, proper, then] of [
        [wrong.survey, right.survey, openAccount],
        [wrong.installMeter, right.installMeter],
        [wrong.accept, right.accept],
        [wrong.tightness, right.tightness],
        [wrong.safety, right.safety],
        [wrong.ignite, right.ignite],
      ] as const) {
        await expect(act()).rejects.toMatchObject({ failure: { code: 'CertificateMissing' } })
        expect(gasStateOf(applicationId)).toBe('not-ignited')
        await proper()
        // Nor past the calls.
        expect(() =>
          hall.transact(({ sqlite: db }) =>
            db
              .prepare(
                `INSERT INTO installation_records SELECT ?, application_id, no + 1, kind, passed, performed_on, performed_by, ?, body,
                   at, actor_id, actor_name FROM installation_records WHERE application_id = ? ORDER BY no DESC LIMIT 1`,
              )
              .run(requestId(), staffId, applicationId),
          ),
        ).toThrow('without a certified worker')
        await then?.()
      }
      expect(gasStateOf(applicationId)).toBe('supplied')
      expect(sqlite.prepare(`SELECT count(*) FROM installation_records WHERE worker_id = ?`).pluck().get(staffId)).toBe(
        0,
      )
    })
  })

  test('whoever put the meter in does not accept the work, by person and not by name (clauses 14(2), 17(1))', async () => {
    const applicationId = await apply(hall)
    const builder = certifiedWorker(hall)
    const namesake = certifiedWorker(hall, '5902', '王师傅')
    const own = stepsOf(hall, applicationId, true, undefined, undefined, () => builder)
    await own.survey()
    await own.draft()
    for (const kind of ['supply', 'safety'] as const) await own.printAndSign(kind)
    await own.openAccount()
    await own.installMeter()
    for (const accept of [own.accept, own.failAcceptance])
      await expect(accept()).rejects.toMatchObject({
        failure: { code: 'OwnWork', field: 'workerId', message: expect.stringContaining('验收须由他人') },
      })
    // Nor past the calls.
    expect(() =>
      hall.transact(({ sqlite }) =>
        sqlite
          .prepare(
            `INSERT INTO installation_records SELECT ?, application_id, no + 1, 'acceptance', 1, performed_on, performed_by, worker_id, body,
               at, actor_id, actor_name FROM installation_records WHERE application_id = ? ORDER BY no DESC LIMIT 1`,
          )
          .run(requestId(), applicationId),
      ),
    ).toThrow('own work accepted')
    await stepsOf(hall, applicationId, true, undefined, undefined, () => namesake).accept()
    expect((await hall.call(Detail, { applicationId })).application.state).toBe('accepted')
  })

  test('names every obstacle in one answer, and the page shows the same', async () => {
    const applicationId = await apply(hall)
    const failure = await stepsOf(hall, applicationId)
      .ignite()
      .catch((error: CallFailed) => error.failure)
    expect(failure).toMatchObject({ code: 'GateNotPassed' })
    const { obstacles } = await hall.call(Detail, { applicationId })
    expect((failure as { details: unknown }).details).toEqual(obstacles.ignite)
    expect(obstacles.ignite).toHaveLength(8)
  })

  test.each(['a hold', 'a matter that a restore brought along'])(
    'waits for %s at the place, named like any obstacle (clauses 17(2), 19(3))',
    async (what) => {
      const applicationId = await apply(hall)
      const steps = stepsOf(hall, applicationId)
      await untilIgnition(steps)
      const pointOf = `(SELECT service_point_id FROM applications WHERE id = '${applicationId}')`
      hall.transact(({ sqlite }) =>
        sqlite.exec(
          what === 'a hold'
            ? `INSERT INTO supply_holds (id, service_point_id, cause, subject, note, placed_at, placed_by)
               VALUES ('${requestId()}', ${pointOf}, 'hazard', 'x:1', '漏气', 1, 'x')`
            : `INSERT INTO carried_matters (id, kind, service_point_id, account_no, customer_name, address, what, since_at, held,
                 source_file, carried_at) VALUES ('${requestId()}', 'hazard', ${pointOf}, '', '', '', '漏气', 1, 0, '', 1)`,
        ),
      )
      const failure = await steps.ignite().catch((error: CallFailed) => error.failure)
      expect(failure).toMatchObject({ code: 'GateNotPassed' })
      expect((failure as { message: string }).message).toContain('漏气')
      const { obstacles } = await hall.call(Detail, { applicationId })
      expect(obstacles.ignite).toHaveLength(1)
    },
  )

  test('of a resident waits from 22:00 until 06:00; of a restaurant it does not', async () => {
    const home = await apply(hall)
    const restaurant = await apply(hall, restaurantApplication(hall, 2))
    const atHome = stepsOf(hall, home)
    const atRestaurant = stepsOf(hall, restaurant, false)
    await untilIgnition(atHome, 'M-0001')
    await untilIgnition(atRestaurant, 'M-0002')
    hall.clock.set('2026-11-23T22:30:00+08:00')
    await expect(atHome.ignite()).rejects.toThrow('22:00 至次日 06:00 不给居民通气')
    await atRestaurant.ignite()
    hall.clock.set('2026-11-24T06:00:00+08:00')
    await expect(atHome.ignite()).rejects.toThrow(
      /严密性试验做于 2026-11-23，不是今天.*安全检查做于 2026-11-23，不是今天/,
    )
    // Past the service too.
    expect(() =>
      hall.transact(({ sqlite }) => sqlite.exec(`UPDATE applications SET state = 'ignited' WHERE id = '${home}'`)),
    ).toThrow('ignition')
    const nextDay = stepsOf(hall, home, true, () => '2026-11-24')
    await nextDay.tightness()
    await nextDay.safety()
    await nextDay.ignite()
    expect(gasStateOf(home)).toBe('supplied')
    // Whoever takes the papers over a week later turns no gas on.
    hall.clock.set('2026-12-01T09:00:00+08:00')
    await hall.call(TakeOver, { requestId: requestId(), applicationId: home }, 'hall-manager')
    expect(gasStateOf(restaurant)).toBe('supplied')
  })
})
