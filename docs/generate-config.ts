import { type ConversionConfig, type JsonSchema, toJsonSchema } from '@valibot/to-json-schema';
import { mainSchema } from '../agent/model/config/schema.ts';
import { configTemplate } from '../agent/model/config/template.ts';
import { keepCurrent } from './keep-current.ts';

/** Writes docs/holdfast.schema.json and docs/CONFIG.md; with --check it only says whether they are current. */

/** `anyOf [mapping, null]`, as a mapping that may be left empty. */
const emptyMapping: ConversionConfig['overrideSchema'] = ({ jsonSchema }) => {
  const [mapping, nothing] = jsonSchema.anyOf ?? [];
  if (typeof mapping !== 'object' || typeof nothing !== 'object') return null;
  if (mapping.type !== 'object' || nothing.type !== 'null') return null;
  return { ...mapping, type: ['object', 'null'], default: jsonSchema.default };
};

const schema: JsonSchema = {
  title: 'holdfast.yaml and sessions.d/*.yaml',
  ...toJsonSchema(mainSchema, {
    target: 'draft-07',
    // The mapping behind the check that it is not a list.
    typeMode: 'output',
    // What only Holdfast itself checks: ranges, names of sessions, commands.
    ignoreActions: ['check'],
    errorMode: 'throw',
    overrideSchema: emptyMapping,
  }),
};

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const kindOf = ({
  title,
  enum: options,
  type,
  anyOf,
  additionalProperties,
}: JsonSchema): string => {
  if (title !== undefined) return title;
  if (options !== undefined) return options.map((option) => `\`${option}\``).join(', ');
  if (anyOf !== undefined) return anyOf.filter(isSchema).map(kindOf).join(', or ');
  if (type === 'array') return 'a list of names';
  if (type === 'boolean') return '`true` or `false`';
  if (type === 'string') return 'text';
  return isSchema(additionalProperties) ? 'a mapping by name' : 'a mapping';
};

const inline = (value: unknown): string =>
  value === undefined ? '' : `\`${typeof value === 'string' ? value : JSON.stringify(value)}\``;

const row = (path: string, schema: JsonSchema): string => {
  const examples = (schema.examples ?? []).map(inline).join(', ');
  const text = `${schema.description ?? ''}${examples === '' ? '' : ` Examples: ${examples}.`}`;
  const cells = [`\`${path}\``, kindOf(schema), inline(schema.default), text];
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
};

const rowsBelow = (path: string, schema: JsonSchema): string[] => {
  const { properties = {}, additionalProperties } = schema;
  const named = isSchema(additionalProperties)
    ? rowsBelow(`${path}.NAME`, additionalProperties)
    : [];
  return [
    ...Object.entries(properties).flatMap(([key, below]) => rowsOf(`${path}.${key}`, below)),
    ...named,
  ];
};

const rowsOf = (path: string, schema: unknown): string[] =>
  isSchema(schema) ? [row(path, schema), ...rowsBelow(path, schema)] : [];

const section = ([key, schema]: [string, unknown]): string[] => [
  `## ${key}`,
  '',
  '| key | value | default | |',
  '|---|---|---|---|',
  ...rowsOf(key, schema),
  '',
];

const introduction = `# Configuration

<!-- Written by docs/generate-config.ts from agent/model/config/schema.ts: change it there. -->

Holdfast reads \`holdfast.yaml\` and, beside it, the files \`sessions.d/*.yaml\`; each of those holds \`sessions:\` and nothing
else. \`holdfast run NAME -- COMMAND\` adds such a file, \`holdfast forget NAME\` takes it away. Everything has a default: an
empty file is a right one. \`holdfast check-config [FILE]\` tries a file without using it.

An edited configuration is in force after \`holdfast reload\`; SIGHUP to the agent, not to \`holdfast up\`, does the same. New
sessions are started, and one that is no longer declared runs on, watched and not brought back. Servers, limits, retention,
levels, alerts, importance and units change at once, what a session is started with at its next start (\`holdfast restart NAME\`),
\`tmuxConfig\` with the next start of its server, \`health\` with that of the agent. A configuration with a mistake is refused, and the one before
stays in force (\`config.rejected\` in [EVENTS.md](EVENTS.md#configrejected)).

The files are YAML 1.2: \`true\` and \`false\` are the only switches, \`yes\` is a word. Aliases work, own tags and merge keys
do not; a file has at most 256 KiB. Nothing is guessed: an unknown key, a wrong type, a key or session that is there twice,
names that tmux would show alike, a session on a server that is only watched are errors. All of them are reported
together, each with its line, what was found and what was expected, and the exit code is 78:

\`\`\`
the configuration has a problem:
  holdfast.yaml:7  sessions.api.cdw
    got this key
    expected one of command, cwd, env, server, restart, importance, limits
    hint: did you mean cwd?
\`\`\`

A duration is a whole number and \`ms\`, \`s\`, \`m\`, \`h\` or \`d\`, as in \`90s\`. A size is a whole number and \`B\`, \`kB\`, \`MB\`,
\`GB\`, \`TB\` (powers of 1000) or \`KiB\`, \`MiB\`, \`GiB\`, \`TiB\` (powers of 1024). \`~/\` at the start of a path is the home
directory of the user Holdfast runs for; no other variable or wildcard is expanded.

A session's name has 1 to 200 printable characters. tmux shows \`.\` and \`:\` in it as \`_\`, so \`a.b\` and \`a_b\` cannot be on one
server. A command is one text and is run by the shell of its server. Secrets belong into a file the command reads:
what stands here, anyone who may read the file or list processes can see.

What alerts need and must not be seen is a credential: a file that is named here, as in \`urlCredential: deadman-url\`. As a
service the notifier has it from systemd (\`LoadCredential=\`), below a home directory it is \`etc/credentials/NAME\` there.

For completion and checks while you type, point your editor's YAML language server at \`docs/holdfast.schema.json\`,
in the first line of the file:

\`\`\`yaml
# yaml-language-server: $schema=/path/to/holdfast/docs/holdfast.schema.json
\`\`\`
`;

const example = `## The file \`holdfast up\` starts with

\`\`\`yaml
${configTemplate}\`\`\`
`;

const sections = Object.entries(schema.properties ?? {})
  .flatMap(section)
  .join('\n');

keepCurrent(import.meta.filename, {
  'docs/holdfast.schema.json': `${JSON.stringify(schema, null, 2)}\n`,
  'docs/CONFIG.md': `${introduction}\n${sections}\n${example}`,
});
