import type { Declarations, Rule } from './declarations.ts';
import { quote } from './quote.ts';
import { adoptList } from './servers.ts';

const isOfOneKind: Rule = ({ main }) =>
  Object.entries(main.servers)
    .filter(([, { adopt, tmuxConfig }]) => adopt !== undefined && tmuxConfig !== undefined)
    .map(([name]) => ({
      path: ['servers', name, 'tmuxConfig'],
      got: 'tmuxConfig beside adopt',
      expected: 'one of the two: an adopted server runs already, with a configuration of its own',
    }));

const isListedOnce: Rule = ({ main }) =>
  adoptList(main).flatMap((name, index, all) =>
    all.indexOf(name) === index
      ? []
      : [{ path: ['adopt', index], got: `${name} again`, expected: 'each server once' }],
  );

const isListedAsDeclared: Rule = ({ main }) =>
  adoptList(main).flatMap((name, index) => {
    // A socket may be called `constructor`, which every object has.
    const entry = Object.hasOwn(main.servers, name) ? main.servers[name] : undefined;
    if (entry === undefined || entry.adopt === name) return [];
    const as = entry.adopt === undefined ? 'a managed server' : `the socket ${quote(entry.adopt)}`;
    return [
      {
        path: ['adopt', index],
        got: `${name}, which servers declares as ${as}`,
        expected: 'a server of another name',
      },
    ];
  });

/** Slashes too many do not make another socket. */
const normalised = (socket: string): string => socket.replace(/\/(?:\.?\/)+/g, '/');

const adoptedSockets = ({ servers }: Declarations): [name: string, socket: string][] =>
  Object.entries(servers).flatMap(([name, server]) =>
    server.kind === 'adopted' ? [[name, normalised(server.adopt)]] : [],
  );

const hasItsOwnSocket: Rule = (declarations) => {
  const owners = new Map<string, string>();
  return adoptedSockets(declarations).flatMap(([name, socket]) => {
    const owner = owners.get(socket);
    owners.set(socket, owner ?? name);
    if (owner === undefined) return [];
    const got = `${quote(socket)}, which the server ${owner} adopts already`;
    return [{ path: ['servers', name, 'adopt'], got, expected: 'one server per socket' }];
  });
};

/** `holdfast-tmux@OWNER` runs one server. Of several, each must say whose it is. */
const isTheOnlyOneOfItsOwner: Rule = ({ servers, perOwner }) => {
  const managed = Object.entries(servers).filter(([, { kind }]) => kind === 'managed');
  if (!perOwner || managed.length < 2) return [];
  const names = new Map<string, string>();
  return managed.flatMap(([name, { owner }]) => {
    const first = owner === null ? undefined : names.get(owner);
    if (owner !== null && first === undefined) {
      names.set(owner, name);
      return [];
    }
    const got =
      owner === null ? `${name}, which names no owner` : `${name}, a second one of ${quote(owner)}`;
    return [{ path: ['servers', name], got, expected: 'one managed server per owner' }];
  });
};

export const serverRules: readonly Rule[] = [
  isOfOneKind,
  isListedOnce,
  isListedAsDeclared,
  hasItsOwnSocket,
  isTheOnlyOneOfItsOwner,
];
