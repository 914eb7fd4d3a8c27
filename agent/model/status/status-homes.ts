import { unitsServer } from '../unit-state.ts';

/**
 * What bots live in, and what checks look at, as people are told of it: sessions, and declared units beside them.
 * It takes a StatusDocument, or what somebody reads of one.
 */
export const statusHomes = <Session, Unit extends { name: string; rssBytes: number | null }>({
  sessions,
  units = [],
}: {
  sessions: readonly Session[];
  units?: readonly Unit[] | undefined;
}) => [
  ...sessions,
  ...units.map(({ name, rssBytes, ...unit }) => ({
    ...unit,
    ...{ session: name, server: unitsServer, rssBytes: rssBytes ?? 0 },
  })),
];
