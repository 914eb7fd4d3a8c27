/** The user `nobody` of every Linux. */
export const nobodyUid = 65534;

/** Arguments of setpriv(1) to become that. */
export const becomeNobody: readonly string[] = [
  ...[`--reuid=${nobodyUid}`, `--regid=${nobodyUid}`, '--clear-groups'],
];
