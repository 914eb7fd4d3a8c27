/**
 * Node's own modules, without `import`: as ES modules they touch every lazy export they have, and with
 * it load undici (node:http), the MIME types (node:util), fs/promises (node:fs), ….
 */
export const fs = process.getBuiltinModule('node:fs');
export const http = process.getBuiltinModule('node:http');
export const net = process.getBuiltinModule('node:net');
export const path = process.getBuiltinModule('node:path');
export const util = process.getBuiltinModule('node:util');
export const v8 = process.getBuiltinModule('node:v8');
