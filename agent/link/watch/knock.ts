import type { Probe } from '../tmux/probe.ts';
import { type Access, see } from './access.ts';
import type { Hold } from './hold.ts';
import { judgeKnock, judgeStranger } from './judge.ts';
import type { Reachability } from './reachability.ts';
import type { Respond } from './respond.ts';
import type { Troubles } from './troubles.ts';
import type { Place, Watched } from './watched.ts';

export interface KnockPorts {
  watched: Watched;
  reach: Reachability;
  troubles: Troubles;
  hold: Pick<Hold, 'sentinel' | 'isHeld' | 'take'>;
  respond: Respond;
  /** A knock led to the server. */
  onFound(): void;
}

const strangeAnswer = (answer: Probe): string | null => {
  if (answer.kind === 'unclear') return answer.text;
  return answer.kind === 'hangup' ? 'it hangs up' : null;
};

/** Asks who listens on the socket, and takes hold of the server that should. */
export const createKnock = (
  { socket, managed }: Place,
  { watched, reach, troubles, hold, respond, onFound }: KnockPorts,
  access: Access,
): (() => Promise<void>) => {
  const meetStranger = async (answer: Probe): Promise<void> => {
    const sight = see(socket, watched.instance, access);
    const finding = judgeStranger(sight, answer.kind);
    const heir = answer.kind === 'alive' ? `pid ${answer.instance.pid} has its socket now` : '';
    await respond(finding, sight, heir);
    if (finding === 'ended' && heir) await knock();
  };

  /** Should they be refused: each whole listing brings them along too. */
  const applySettings = async (): Promise<void> => {
    if (!managed || hold.sentinel) return;
    try {
      await access.applySettings(socket);
      troubles.over('settings');
    } catch (cause) {
      troubles.report('settings', cause);
    }
  };

  const takeHold = async (): Promise<void> => {
    watched.isDoubted = false;
    reach.answered();
    troubles.over('look');
    await applySettings();
    if (watched.isClosed || !watched.instance) return;
    if (!hold.isHeld()) hold.take();
    onFound();
  };

  const knock = async (): Promise<void> => {
    const answer = await access.probe(socket);
    if (watched.isClosed) return;
    const strange = strangeAnswer(answer);
    if (strange) troubles.report('look', strange);
    const finding = judgeKnock(watched.instance, answer);
    if (finding === 'stranger') return meetStranger(answer);
    if (finding !== 'found') return reach.report(finding);
    if (answer.kind === 'alive') watched.instance ??= answer.instance;
    await takeHold();
  };
  return knock;
};
