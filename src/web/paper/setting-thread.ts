import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';

const FONTS = {
  'noto-sans': ['400Regular', '700Bold'],
  'noto-sans-arabic': ['400Regular', '700Bold'],
  'noto-sans-devanagari': ['400Regular', '700Bold'],
  'noto-sans-sc': ['400Regular', '700Bold'],
  'noto-emoji': ['400Regular'],
};

const fontPaths = Object.entries(FONTS).flatMap(([name, cuts]) => {
  const folder = dirname(require.resolve(`@expo-google-fonts/${name}/package.json`));
  return cuts.map((cut) => join(folder, cut));
});

/**
 * Sets one document, handed over as JSON, and hands back its bytes. The sheet is the whole source; the compiler has no folder to read
 * or write in, and its memory of what it set, which the whole process would share, is emptied at once.
 */
function set(paper: string): void {
  const compiler = NodeCompiler.create({ workspace: join(__dirname, 'none'), fontArgs: [{ fontPaths }] });
  try {
    const mainFileContent = readFileSync(join(__dirname, 'paper.typ'), 'utf8');
    const compiled = compiler.compile({ mainFileContent, inputs: { paper } });
    // What the compiler says of an error may quote the document: only that there was one is told.
    if (!compiled.result) throw new Error('This document cannot be set: the sheet and its data do not fit.');
    parentPort!.postMessage(new Uint8Array(compiler.pdf(compiled.result)));
  } finally {
    compiler.evictCache(0);
  }
}

set(workerData as string);
