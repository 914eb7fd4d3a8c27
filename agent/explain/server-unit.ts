import type { DeathRecord } from '../model/events/death.ts';
import type { Evidence } from './evidence.ts';
import { systemUnit, unitOfSocket } from './unit.ts';

/** The unit of a managed server. */
export const serverUnit = ({ server }: Evidence): string | null => unitOfSocket(server.socket);

/** Whether a cgroup is that of a session in that of its server's unit, or that of a unit which died. */
export const isSessionGroup = (
  evidence: Evidence,
  { tmuxId, unit: own }: DeathRecord,
  group: string | null,
): boolean => {
  if (own) return systemUnit(group) === own.name;
  const unit = serverUnit(evidence);
  return unit !== null && (group ?? '').endsWith(`/${unit}/session-${tmuxId.slice(1)}`);
};
