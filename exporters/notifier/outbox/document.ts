/** The shape of a document that outlives releases. */
export interface Shape {
  /** Its number: raised where what was written before, or by this release, would be misread. */
  schema: number;
  /** What makes one of the next number out of one of this. */
  upgrades: Readonly<Record<number, (document: object) => object>>;
}

/** Before there were numbers. */
const firstSchema = 1;

export const documentText = (document: object, { schema }: Shape): string =>
  JSON.stringify({ schema, ...document });

/** The number, and all else; of what is no document, neither. */
export const parseDocument = (
  text: string,
): { schema: number | null; document: Record<string, unknown> } => {
  try {
    const { schema = firstSchema, ...document } = JSON.parse(text);
    return { schema, document };
  } catch {
    return { schema: null, document: {} };
  }
};

/** A document of the present shape, out of one of that or of an older; null: this release cannot read it. */
export const readDocument = (text: string, { schema: wanted, upgrades }: Shape): object | null => {
  let { schema, document }: { schema: number | null; document: object } = parseDocument(text);
  while (schema !== null && schema !== wanted) {
    const upgrade = upgrades[schema];
    if (!upgrade) return null;
    document = upgrade(document);
    schema += 1;
  }
  return schema === null ? null : document;
};
