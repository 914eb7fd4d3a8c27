import { silentAgent } from '../phone/last-resort.ts';
import { networkGone } from '../phone/mass-death.ts';
import type { Suite } from '../suite.ts';
import { phone } from './phone.ts';

export const network: Suite = {
  name: 'network',
  about: 'what the phone is told of ten minutes without a network, and of an agent that is away',
  after: phone,
  long: true,
  checks: [silentAgent, networkGone('ten minutes', 600_000)],
};
