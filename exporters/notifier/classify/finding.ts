import type { EventOf } from '../../../agent/model/event.ts';
import type { Finding } from './alert.ts';

/** What of a verdict an alert keeps: not what was looked at for it. */
export const findingOf = ({ verdict }: EventOf<'verdict.reached'>['data']): Finding => {
  const { evidence: _evidence, preceded: _preceded, ...finding } = verdict;
  return finding;
};
