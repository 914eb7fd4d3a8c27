import { printable } from '../../../model/text/printable.ts';
import type { Finding } from '../check.ts';
import { type Mend, stepText } from './mend.ts';
import type { Mended } from './mend-all.ts';

/** What is about to be done about a finding. */
export const mendLines = (
  { title }: Finding,
  { steps, foreign, needsRoot, undo }: Mend,
  uid: number,
): string[] =>
  [
    title,
    ...steps.map((step) => `  ${stepText(step)}`),
    ...(foreign === null ? [] : [`  not Holdfast's own: it changes ${foreign}`]),
    `  to undo it: ${undo}`,
    ...(needsRoot && uid !== 0 ? ['  this needs root: sudo holdfast doctor --fix'] : []),
  ].map(printable);

const texts: Readonly<Record<Mended['outcome'], string>> = {
  done: 'done',
  failed: 'failed',
  declined: 'left as it is',
  'needs-root': 'not done: needs root',
  would: 'would be done',
};

/** What became of them, and that nothing could be. */
export const outcomeLines = (mended: readonly Mended[]): string[] => {
  if (mended.length === 0) return ['nothing here can be mended by itself', ''];
  const lines = mended.map(({ title, outcome, message }) =>
    printable(`${texts[outcome]}: ${title}${message === '' ? '' : `: ${message}`}`),
  );
  return ['', ...lines, ''];
};
