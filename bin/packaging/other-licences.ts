const mit = `Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation
files (the "Software"), to deal in the Software without restriction, including without limitation the rights to use, copy, modify,
merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished
to do so, subject to the following conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF
MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE
FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN
CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.`;

/** Debian has the text of these two on every machine, and wants it said once. */
const apache = `Licensed under the Apache License, Version 2.0.

On Debian systems its text is in /usr/share/common-licenses/Apache-2.0.`;

const mozilla = `Licensed under the Mozilla Public License, Version 2.0. Its source is at https://github.com/yisibl/resvg-js.

On Debian systems its text is in /usr/share/common-licenses/MPL-2.0.`;

const attribution = `Twemoji graphics, licensed under CC-BY 4.0: https://creativecommons.org/licenses/by/4.0/. They come from
https://github.com/jdecked/twemoji by way of https://github.com/iconify/icon-sets, unchanged.`;

/** Instead of a file of a package: by its licence. */
export const shortTexts: Readonly<Record<string, string>> = { 'Apache-2.0': apache };

/** Packages that bring no file with their licence: who holds it, as their sources say, and its terms. */
export const otherLicences: Readonly<Record<string, { holder: string; text: string }>> = {
  '@iconify-json/twemoji': { holder: 'Twitter, Inc. and other contributors', text: attribution },
  '@resvg/resvg-wasm': { holder: 'yisibl and other contributors', text: mozilla },
  '@xterm/headless': { holder: '2017-2022 The xterm.js authors', text: mit },
  standardwebhooks: { holder: '2023 Svix (https://www.svix.com)', text: mit },
  tr46: { holder: 'Sebastian Mayr', text: mit },
};
