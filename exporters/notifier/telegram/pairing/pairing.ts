import { RequestFailure } from '../../../../agent/model/failure.ts';
import type { PairedPerson, PairingCode } from '../../../../agent/protocol/notifier.ts';
import type { Asked } from '../polling/update.ts';
import { codeIn, createOneTimeCode } from './code.ts';
import { createMembership, type MembershipPorts } from './membership.ts';
import type { Person } from './people.ts';
import { createRefusals, type RefusalsPorts } from './refusals.ts';

export interface PairingPorts extends MembershipPorts, RefusalsPorts {
  /** The bot's name; empty while it is not known. */
  bot(): string;
}

export interface Pairing {
  /** @returns whom an update of somebody who is not paired makes a person of ours; null: nobody, and nothing is said */
  meet(asked: Asked): Person | null;
  begin(): PairingCode;
  list(): PairedPerson[];
  /** @throws RequestFailure `unknown-person` */
  remove(user: string): PairedPerson;
  /** How often a stranger wrote. */
  readonly strangers: number;
}

const publicOf = ({ user, name, pairedAt, chat }: Person): PairedPerson => ({
  ...{ channel: 'telegram', user, name, pairedAt, chat },
});

/** What a stranger wanted, without his words: those are his. */
const wishOf = ({ button, text }: Asked): string => {
  if (button) return 'button';
  return /^\/[a-z_]{1,32}/i.exec(text ?? '')?.[0].toLowerCase() ?? 'message';
};

/** Who becomes a person of ours, by a one-time code, and who stops to be one. */
export const createPairing = (ports: PairingPorts): Pairing => {
  const { people, now, bot } = ports;
  const code = createOneTimeCode(now);
  const refusals = createRefusals(ports);
  const membership = createMembership(ports);

  return {
    meet: (asked) => {
      const given = asked.isPrivate && !asked.isForwarded ? codeIn(asked.text ?? '') : null;
      if (given !== null && code.redeem(given, asked.remote.user) === 'right')
        return membership.admit(asked);
      refusals.add(asked, given === null ? wishOf(asked) : 'wrong code');
      return null;
    },
    begin: () => {
      const name = bot() || null;
      const fresh = code.begin();
      const url = name === null ? null : `https://t.me/${name}?start=${fresh.code}`;
      return { ...fresh, url, bot: name };
    },
    list: () => people.list().map(publicOf),
    remove: (user) => {
      const person = people.find(user);
      if (person === null)
        throw new RequestFailure('unknown-person', `nobody with the id "${user}" is paired`);
      membership.dismiss(person);
      return publicOf(person);
    },
    get strangers() {
      return refusals.count;
    },
  };
};
