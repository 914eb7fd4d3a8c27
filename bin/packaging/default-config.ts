import { configTemplate } from '../../agent/model/config/template.ts';

/**
 * The holdfast.yaml of a machine: that of `holdfast up` without its demo sessions, which would belong to the first owner
 * who comes. What was declared there stays as an example.
 */
export const defaultConfig = (template: string = configTemplate): string => {
  const lines = template.split('\n');
  const first = lines.indexOf('sessions:');
  if (first < 0) throw new Error('the template of the configuration has no sessions');
  const isInside = (line: string) => line === '' || line.startsWith('  ');
  const length = lines.slice(first + 1).findIndex((line) => !isInside(line));
  const end = length < 0 ? lines.length : first + 1 + length;
  const examples = lines.slice(first + 1, end).map((line) => {
    if (line === '' || line.startsWith('  #')) return line;
    return `  # ${line.slice(2)}`;
  });
  return [...lines.slice(0, first), 'sessions:', ...examples, ...lines.slice(end)].join('\n');
};
