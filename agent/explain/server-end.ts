import type { EvidenceLine } from '../model/events/incident.ts';
import type { Evidence } from './evidence.ts';
import { line } from './evidence-lines.ts';

const linesOf = ({ serverEnd }: Evidence, unsaid: string, rest = ''): EvidenceLine[] =>
  serverEnd ? [line(serverEnd.at, 'tmux', `${serverEnd.text || unsaid}${rest}`)] : [];

/** One line on the end of the server, in the words that were heard of it, if there were any; none where it lives. */
export const endLines = (evidence: Evidence): EvidenceLine[] =>
  linesOf(evidence, 'the server ended');

/** The same of one that took leave. */
export const farewellLines = (evidence: Evidence): EvidenceLine[] =>
  linesOf(evidence, '%exit', ': an orderly end');

/** The same of one that did not. */
export const brokenLines = (evidence: Evidence): EvidenceLine[] =>
  linesOf(evidence, 'the connection broke');
