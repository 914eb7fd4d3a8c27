import type { Ground } from './ground.ts';

/** Resolves when Holdfast says that the server with this pid does not answer. */
export const untilHung = ({ rig }: Ground, pid: number): Promise<true> =>
  rig.until(
    `that ${pid} hangs`,
    () => rig.of('server.hung').some(({ data }) => data.instance.pid === pid) || undefined,
  );

/** Resolves when it says that it answers again. */
export const untilResumed = ({ rig }: Ground, pid: number): Promise<true> =>
  rig.until(
    `that ${pid} goes on`,
    () => rig.of('server.resumed').some(({ data }) => data.instance.pid === pid) || undefined,
  );
