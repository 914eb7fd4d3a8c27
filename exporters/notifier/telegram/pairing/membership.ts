import type { Remote } from '../../../../agent/model/events/remote.ts';
import type { NotifierEvent } from '../../../../agent/protocol/notifier.ts';
import type { Asked } from '../polling/update.ts';
import type { People, Person } from './people.ts';

export interface MembershipPorts {
  people: People;
  now(): number;
  record(events: NotifierEvent[]): void;
  /** Somebody came, or went, or that failed. */
  onPeople(): void;
}

/** Who comes and goes, in step with the log. Both throw what the disk throws; nobody came or went then. */
export interface Membership {
  admit(asked: Asked): Person;
  dismiss(person: Person): void;
}

export const createMembership = ({
  people,
  now,
  record,
  onPeople,
}: MembershipPorts): Membership => {
  const note = (type: 'remote.paired' | 'remote.unpaired', { user, name }: Remote | Person): void =>
    record([{ at: now(), type, data: { remote: { channel: 'telegram', user, name } } }]);

  return {
    /** The event first: nobody is obeyed of whom nobody is told. */
    admit: ({ remote, chat }) => {
      note('remote.paired', remote);
      try {
        return people.add({ ...remote, chat: chat ?? remote.user }, now());
      } catch (error) {
        note('remote.unpaired', remote);
        throw error;
      } finally {
        onPeople();
      }
    },
    /** The row first; where its event cannot be kept he stays, so that who removed him tries again. */
    dismiss: (person) => {
      try {
        people.remove(person.user);
        note('remote.unpaired', person);
      } catch (error) {
        if (people.find(person.user) === null) people.restore(person);
        throw error;
      } finally {
        onPeople();
      }
    },
  };
};
