/** One person's file: what they may do, what they learned, how they did, and what came of it. */
import { shanghaiDate } from '../platform/dates.ts'
import { useCase } from '../platform/use-case.ts'
import { Person } from './api.ts'
import { certificatesOf } from './certificates.ts'
import { examDueOf, examsOf } from './exams.ts'
import { meritsOf } from './merits.ts'
import { staffById } from './records.ts'
import { trainingsOf } from './trainings.ts'

/** @throws StaffNotFound */
export const person = useCase(Person, ({ staffId }, context) => {
  const member = staffById(context, staffId)
  return {
    member,
    certificates: certificatesOf(context, member),
    trainings: trainingsOf(context, staffId),
    exams: examsOf(context, staffId),
    due: member.state === 'active' ? examDueOf(context, member, shanghaiDate(context.clock.now())) : null,
    merits: meritsOf(context, staffId),
  }
})
