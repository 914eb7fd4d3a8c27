/** A kind of machine the package is built for and on. */
export interface Architecture {
  /** Debian's name. */
  debian: string;
  /** Node's and npm's name. */
  node: string;
}

const architectures: Readonly<Record<string, Architecture>> = {
  x64: { debian: 'amd64', node: 'x64' },
  arm64: { debian: 'arm64', node: 'arm64' },
};

/** @throws Error for a machine that has no pinned Node */
export const architectureOf = (node: string): Architecture => {
  const architecture = architectures[node];
  if (!architecture) throw new Error(`no package for ${node}: only for x64 and arm64`);
  return architecture;
};
