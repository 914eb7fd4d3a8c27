import { Failure } from '../../model/failure.ts';
import type { IncidentReport } from '../../protocol/agent.ts';
import type { Client } from '../../protocol/client.ts';

/**
 * `subject` names a session, which stands for the newest incident it was part of, or an incident. Sessions come first, as
 * they are what people type. Null: the newest incident of all.
 */
export const findIncident = async (
  client: Client,
  subject: string | null,
): Promise<IncidentReport> => {
  if (subject === null) return client.call('incident', {});
  try {
    return await client.call('incident', { session: subject });
  } catch (error) {
    if (!(error instanceof Failure) || error.retryable) throw error;
    return client.call('incident', { id: subject }).catch(() => {
      throw error;
    });
  }
};
