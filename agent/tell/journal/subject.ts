/** What an entry can be asked for; what is not known of an event is not there. */
export interface Subject {
  session?: readonly string[];
  server?: string;
  owner?: string;
  incident?: string;
  life?: string;
  cause?: string;
  confidence?: string;
  /** Who did it, short enough for a catalog: journalctl puts in no more than 256 bytes (REPLACE_VAR_MAX). */
  actor?: string;
  actorPid?: string;
  actorComm?: string;
  actorCmdline?: string;
  actorUid?: string;
  actorUnit?: string;
  actorSession?: string;
  action?: string;
  reason?: string;
  alert?: string;
  channel?: string;
  /** Who asked from afar: his channel and his id there. */
  remote?: string;
}
