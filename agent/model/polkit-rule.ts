/** Where root's own rules are (polkit(8)). It has to come before 50-holdfast.rules, which says no to everything else. */
export const polkitRuleFile = '/etc/polkit-1/rules.d/49-holdfast-units.rules';

/**
 * The rule that lets the agent stop and restart exactly these units; what is down is started by a restart. `start` is left
 * out: of later releases systemd also asks by that verb for StartTransientUnit, by which whoever has taken over the agent
 * could give a unit that has no file any command, run by root. Of all else it says nothing, so that
 * 50-holdfast.rules refuses it. Names are those of a checked configuration: no character of them means anything in
 * JavaScript.
 */
export const polkitRule = (units: readonly string[]): string => `\
// Made by \`holdfast polkit\` from the units in holdfast.yaml. Written again by \`sudo holdfast polkit --write\`.
polkit.addRule(function (action, subject) {
  if (action.id !== 'org.freedesktop.systemd1.manage-units') return polkit.Result.NOT_HANDLED;
  if (subject.user !== 'holdfast') return polkit.Result.NOT_HANDLED;
  var units = ${JSON.stringify(units.toSorted(), null, 2).replaceAll('\n', '\n  ')};
  var verbs = ['stop', 'restart'];
  var isDeclared = units.indexOf(String(action.lookup('unit'))) >= 0;
  var isAllowed = verbs.indexOf(String(action.lookup('verb'))) >= 0;
  return isDeclared && isAllowed ? polkit.Result.YES : polkit.Result.NOT_HANDLED;
});
`;
