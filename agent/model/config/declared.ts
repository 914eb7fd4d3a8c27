import type { Config, SessionConfig, UnitConfig } from './config.ts';

/** What is declared under this name, a session or a unit: no two have one. */
export const declaredOf = (
  { sessions, units = {} }: Pick<Config, 'sessions' | 'units'>,
  name: string,
): SessionConfig | UnitConfig | undefined => {
  if (Object.hasOwn(sessions, name)) return sessions[name];
  return Object.hasOwn(units, name) ? units[name] : undefined;
};
