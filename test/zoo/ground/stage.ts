import { type Rig, startRig } from '../../e2e/rig.ts';
import type { Witness } from './ground.ts';
import { startWitness } from './witness.ts';

/** Agent, link and, where it can be had, witness, in a home of their own. */
export interface Stage {
  readonly rig: Rig;
  /** Null: the kernel is not asked who sends signals. */
  readonly witness: Witness | null;
  close(): Promise<void>;
}

export interface Names {
  managed: readonly string[];
  /** As `tmux -L` has them. */
  adopted: readonly string[];
}

/** All of them are named: of those that are only found there may not be so many. */
const configOf = ({ managed, adopted }: Names): string => `
adopt: none
recovery: {maxRestarts: 100, firstWait: 10ms, longestWait: 10ms}
servers:
${managed.map((name) => `  ${name}: {}`).join('\n')}
${adopted.map((name) => `  ${name}: {adopt: ${name}}`).join('\n')}
`;

/** The managed servers run when this resolves; the adopted ones are not started. */
export const openStage = async (names: Names, tracing: boolean): Promise<Stage> => {
  let witness: Witness | null = null;
  const ends: (() => unknown)[] = [];
  const scope = {
    setTimeout: () => undefined,
    teardown: (end: () => unknown) => void ends.push(end),
  };
  const close = async (): Promise<void> => {
    await witness?.close();
    for (const end of ends) await end();
  };
  try {
    const rig = await startRig(scope, {
      config: configOf(names),
      prepare: (home) => {
        witness = tracing ? startWitness(home) : null;
      },
    });
    // Narrowed to null by the compiler, which does not see the call above.
    const started = witness as Witness | null;
    await started?.ready();
    await rig.until('the managed servers', () =>
      names.managed.every((name) => rig.of('server.found').some(({ data }) => data.server === name))
        ? true
        : undefined,
    );
    return { rig, witness: started, close };
  } catch (error) {
    await close();
    throw error;
  }
};
