import type { DeathRecord } from '../model/events/death.ts';
import type { Evidence } from './evidence.ts';
import { unitOfSocket } from './unit.ts';

/** The unit of a managed server. */
export const serverUnit = ({ server }: Evidence): string | null => unitOfSocket(server.socket);

/** The cgroup of a session in that of its server's unit; null: it has none. */
export const isSessionGroup = (
  evidence: Evidence,
  { tmuxId }: DeathRecord,
  group: string | null,
): boolean => {
  const unit = serverUnit(evidence);
  return unit !== null && (group ?? '').endsWith(`/${unit}/session-${tmuxId.slice(1)}`);
};
