import { messageOf } from '../../../model/failure.ts';
import type { Finding } from '../check.ts';
import { type Mend, stepText } from './mend.ts';

/** What became of one finding. */
export interface Mended {
  id: string;
  title: string;
  steps: string[];
  /** `would`: only said; `declined`: a person said no; `needs-root`: nothing was tried. */
  outcome: 'done' | 'failed' | 'declined' | 'needs-root' | 'would';
  /** Why it failed; empty otherwise. */
  message: string;
}

export interface MendPorts {
  uid: number;
  /** Says what is about to be done. */
  say(finding: Finding, mend: Mend): void;
  /** Null: nothing is done, it is only said. */
  ask: ((title: string) => Promise<boolean>) | null;
  carryOut(mend: Mend): Promise<void>;
}

type Mendable = Finding & { mend: Mend };

const isMendable = (finding: Finding): finding is Mendable => finding.mend != null;

const mendOne = async (
  finding: Mendable,
  { uid, say, ask, carryOut }: MendPorts,
): Promise<Mended> => {
  const { id, title, mend } = finding;
  const told = { id, title, steps: mend.steps.map(stepText), message: '' };
  say(finding, mend);
  if (mend.needsRoot && uid !== 0) return { ...told, outcome: 'needs-root' };
  if (ask === null) return { ...told, outcome: 'would' };
  if (!(await ask(title))) return { ...told, outcome: 'declined' };
  try {
    await carryOut(mend);
    return { ...told, outcome: 'done' };
  } catch (error) {
    return { ...told, outcome: 'failed', message: messageOf(error) };
  }
};

/** One after the other: each is said, agreed to, and done before the next. */
export const mendAll = async (
  findings: readonly Finding[],
  ports: MendPorts,
): Promise<Mended[]> => {
  const mended: Mended[] = [];
  for (const finding of findings.filter(isMendable)) mended.push(await mendOne(finding, ports));
  return mended;
};
