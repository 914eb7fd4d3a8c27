import type { BotNeeded } from '../../model/bot/bot-needed.ts';
import type { BotState } from '../../model/bot/bot-state.ts';
import { botKey, botsOf, maxBotsOfLife } from '../../model/bot/bots.ts';
import type { NewEvent } from '../../model/event.ts';
import { type Home, homeOf } from '../../model/homes.ts';
import { sameInstance } from '../../model/life.ts';
import type { Samples } from '../../model/samples.ts';
import type { State } from '../../model/state.ts';
import type { Beat } from '../../protocol/heartbeat.ts';
import { addDelta } from './add-delta.ts';
import { changesOf, isSameConnection } from './changes.ts';
import { type Heard, saidIn, sampleOf } from './heard.ts';
import { type Refusal, refusals } from './refusal.ts';
import { hasRoomAmong } from './room.ts';
import type { Speaker } from './speech.ts';
import { createTellLimits } from './tell-limits.ts';

export interface BotsPorts {
  state(): State;
  samples: Samples;
  record(events: readonly NewEvent[]): void;
  redact(text: string): string;
  /** ms since the epoch. */
  now(): number;
  /** ms, of a clock that never jumps. */
  tick(): number;
  /** How long nothing may be heard of a bot. ms */
  silentAfterMs: number;
}

/** One that programs speak for keeps its place for so long, whoever else wants one. ms */
const restingMs = 600_000;

/** What a program said once that somebody has to do: a QR code is worth nothing later. ms */
const needsMs = 300_000;

/** A bot that is started anew comes back; with its session it is gone for good, and that has its own event. ms */
const returnMs = 10_000;

/** What bots say becomes events and samples. What they need stays here. */
export const createBots = (ports: BotsPorts) => {
  const { samples, tick, now } = ports;
  const heard = new Map<string, Heard>();
  const limits = createTellLimits(tick);
  const begun = tick();
  const counts: Record<Refusal, number> = Object.fromEntries(
    refusals.map((why) => [why, 0]),
  ) as Record<Refusal, number>;
  let beats = 0;

  /** For `bot`: one that was there before the agent started has its place. */
  const hasRoom = (speaker: Speaker, bot: string): boolean => {
    const others = botsOf(ports.state(), speaker.life).filter(
      (one) => !one.lost && one.bot !== bot,
    );
    const speakers = [...heard.values()].map((one) => one.speaker);
    return others.length < maxBotsOfLife && hasRoomAmong(speakers, speaker);
  };

  /** Tells what is not in the log yet. */
  const settle = (key: string, one: Heard): void => {
    const { ref, said, changes, may, added } = one;
    const known = ports.state().bots?.[key];
    const events = changesOf(ref, known, said, {
      ...{ at: now(), may, changes, passing: added !== null },
    });
    if (events.length > 0) ports.record(events);
    if (events.some(({ type }) => type === 'bot.connection_changed')) one.changes = 0;
  };

  const forget = (key: string): void => {
    heard.delete(key);
    samples.bots.delete(key);
  };

  const keep = (key: string, life: Home, speaker: Speaker, told: Beat): void => {
    const before = heard.get(key);
    const beat = told.delta && before?.added ? addDelta(before.added, told) : told;
    const said = saidIn(beat, ports.redact);
    const { session, server } = life;
    const one: Heard = {
      ref: { session, server, life: life.life, bot: beat.bot ?? '' },
      ...{ speaker, said, heardAt: now(), gone: null, needs: beat.needs ?? null },
      changes: (before?.changes ?? 0) + Number(!before || !isSameConnection(before.said, said)),
      added: beat.delta ? beat : null,
      may: before?.may ?? limits(speaker.owner),
    };
    heard.set(key, one);
    samples.bots.set(key, sampleOf(beat, said, one.heardAt, speaker.process.pid));
    const sample = samples.lives.get(life.life) ?? samples.units?.get(life.life);
    if (sample) sample.lastBeatAt = one.heardAt;
    settle(key, one);
  };

  /** Whether another process of that session is this bot, and speaks. */
  const isTaken = (before: Heard | undefined, { id, process }: Speaker): boolean =>
    before?.gone === null &&
    before.added === null &&
    before.speaker.id !== id &&
    !sameInstance(before.speaker.process, process);

  const lose = (
    key: string,
    { session, server, life, bot }: Heard['ref'],
    how: 'closed' | 'silent',
    lastAt: number | null,
  ): void => {
    forget(key);
    const known = ports.state().bots?.[key];
    if (!known || known.lost) return;
    const data = { session, server, life, bot, how, lastAt };
    ports.record([{ at: now(), type: 'bot.lost', data }]);
  };

  /** Programs spoke for it in the run before, and none has since. */
  const longestUnheard = (life: string): BotState | undefined =>
    tick() - begun > restingMs
      ? botsOf(ports.state(), life)
          .filter(({ bot, passing, lost }) => passing && !lost && !heard.has(botKey(life, bot)))
          .toSorted((a, b) => a.since - b.since)[0]
      : undefined;

  /** Of those that programs spoke for and ended, the one longest unheard gives its place up. */
  const makeRoom = ({ life, owner }: Speaker): boolean => {
    const unheard = longestUnheard(life);
    if (unheard) {
      lose(botKey(life, unheard.bot), unheard, 'silent', null);
      return true;
    }
    const others = [...heard].filter(
      ([, { added, ref, speaker, heardAt }]) =>
        added && now() - heardAt > restingMs && (ref.life === life || speaker.owner === owner),
    );
    const [oldest] = others.toSorted(([, a], [, b]) => a.heardAt - b.heardAt);
    if (!oldest) return false;
    const [key, { ref, heardAt }] = oldest;
    lose(key, ref, 'silent', heardAt);
    return true;
  };

  const lookAt = (key: string, one: Heard): void => {
    const { ref, gone, heardAt } = one;
    const isOver = gone && (gone.how === 'silent' || tick() - gone.at >= returnMs);
    if (!homeOf(ports.state(), ref.life)) forget(key);
    else if (isOver) lose(key, ref, gone.how, heardAt);
    else settle(key, one);
  };

  return {
    hear(speaker: Speaker, beat: Beat): Refusal | null {
      const life = homeOf(ports.state(), speaker.life);
      if (!life) return 'no-session';
      const key = botKey(life.life, beat.bot ?? '');
      const before = heard.get(key);
      if (isTaken(before, speaker)) return 'rival';
      const isFree = (): boolean => hasRoom(speaker, beat.bot ?? '');
      if (!before && !isFree() && !(makeRoom(speaker) && isFree())) {
        return 'too-many-bots';
      }
      beats += 1;
      keep(key, life, speaker, beat);
      return null;
    },
    gone(speaker: Speaker, how: 'closed' | 'silent'): void {
      for (const one of heard.values()) {
        if (one.speaker.id === speaker.id && !one.added) one.gone = { at: tick(), how };
      }
    },
    refused(why: Refusal): void {
      counts[why] += 1;
    },
    /** What time alone may have changed: who did not come back, and what was held back. */
    look(): void {
      for (const [key, one] of heard) lookAt(key, one);
      if (tick() - begun < ports.silentAfterMs) return;
      // Those of the run before, and of nobody since; programs that end right after may speak in a day again.
      for (const [key, bot] of Object.entries(ports.state().bots ?? {})) {
        if (!bot.lost && !bot.passing && !heard.has(key)) lose(key, bot, 'silent', null);
      }
    },
    /** What somebody has to do, of all bots that speak. */
    needed: (): BotNeeded[] =>
      [...heard.values()].flatMap(({ ref, needs, gone, heardAt, added }) =>
        needs && !gone && !(added && now() - heardAt > needsMs) && homeOf(ports.state(), ref.life)
          ? [{ ...ref, kind: needs.kind, text: needs.text, at: heardAt }]
          : [],
      ),
    /** Since the agent started. */
    totals: () => ({ beats, refused: { ...counts } }),
  };
};

export type Bots = ReturnType<typeof createBots>;
