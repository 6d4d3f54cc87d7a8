/** How a certificate that stands so is marked: amber from 60 days before its end, red from 30. */
import type { CertificateView } from '../../src-main/staff/api.ts'

export const certificateTags: Readonly<Record<CertificateView['state'], 'ok' | 'todo' | 'late' | 'plain'>> = {
  'not-yet': 'plain',
  valid: 'ok',
  expiring: 'todo',
  'expiring-soon': 'late',
  expired: 'late',
  withdrawn: 'plain',
}
