import type { Remote } from '../../../../agent/model/events/remote.ts';
import { RequestFailure } from '../../../../agent/model/failure.ts';
import type {
  NotifierEvent,
  PairedPerson,
  PairingCode,
} from '../../../../agent/protocol/notifier.ts';
import type { Memory } from '../memory.ts';
import type { Asked } from '../update.ts';
import { codeIn, createOneTimeCode } from './code.ts';
import type { People, Person } from './people.ts';
import { createStrangers } from './strangers.ts';

export interface PairingOptions {
  people: People;
  memory: Memory;
  now(): number;
  record(events: NotifierEvent[]): void;
  /** The bot's name; empty while it is not known. */
  bot(): string;
  /** Somebody came, or went. */
  changed(): void;
}

const publicOf = ({ user, name, pairedAt, chat }: Person): PairedPerson => ({
  ...{ channel: 'telegram', user, name, pairedAt, chat },
});

/** What a stranger wanted, without his words: those are his. */
const wishOf = ({ button, text }: Asked): string => {
  if (button) return 'button';
  return /^\/[a-z_]{1,32}/i.exec(text ?? '')?.[0].toLowerCase() ?? 'message';
};

const strangersKey = 'strangers';
const keepEveryMs = 60_000;

export const createPairing = ({ people, memory, now, record, bot, changed }: PairingOptions) => {
  const code = createOneTimeCode(now);
  const strangers = createStrangers(now, Number(memory.get(strangersKey) ?? 0));
  let keptAt = Number.NEGATIVE_INFINITY;

  /** Strangers are not to keep the disk busy. */
  const keepCount = (): void => {
    if (now() - keptAt < keepEveryMs && now() >= keptAt) return;
    keptAt = now();
    memory.set(strangersKey, String(strangers.count));
  };

  const remoteOf = ({ user, name }: Person): Remote => ({ channel: 'telegram', user, name });

  const refuse = (asked: Asked, what: string): null => {
    if (strangers.take(asked.remote.user))
      record([{ at: now(), type: 'remote.refused', data: { remote: asked.remote, what } }]);
    keepCount();
    return null;
  };

  const note = (type: 'remote.paired' | 'remote.unpaired', remote: Remote): void =>
    record([{ at: now(), type, data: { remote } }]);

  /** The event first: nobody is obeyed of whom nobody is told. */
  const admit = ({ remote, chat }: Asked): Person => {
    const { user, name } = remote;
    const who: Remote = { channel: 'telegram', user, name };
    note('remote.paired', who);
    try {
      return people.add({ ...remote, chat: chat ?? user }, now());
    } catch (error) {
      note('remote.unpaired', who);
      throw error;
    } finally {
      changed();
    }
  };

  /** The row first; where its event cannot be kept he stays, so that who removed him tries again. */
  const dismiss = (person: Person): void => {
    try {
      people.remove(person.user);
      note('remote.unpaired', remoteOf(person));
    } catch (error) {
      if (people.find(person.user) === null) people.restore(person);
      throw error;
    } finally {
      changed();
    }
  };

  return {
    /** @returns whom an update of somebody who is not paired makes a person of ours; null: nobody, and nothing is said */
    meet: (asked: Asked): Person | null => {
      const given = asked.isPrivate && !asked.isForwarded ? codeIn(asked.text ?? '') : null;
      if (given === null) return refuse(asked, wishOf(asked));
      return code.redeem(given, asked.remote.user) === 'right'
        ? admit(asked)
        : refuse(asked, 'wrong code');
    },
    begin: (): PairingCode => {
      const name = bot() || null;
      const fresh = code.begin();
      const url = name === null ? null : `https://t.me/${name}?start=${fresh.code}`;
      return { ...fresh, url, bot: name };
    },
    list: (): PairedPerson[] => people.list().map(publicOf),
    /** @throws RequestFailure `unknown-person` */
    remove: (user: string): PairedPerson => {
      const person = people.find(user);
      if (person === null)
        throw new RequestFailure('unknown-person', `nobody with the id "${user}" is paired`);
      dismiss(person);
      return publicOf(person);
    },
    get strangers() {
      return strangers.count;
    },
  };
};
