// transformers.js on the model and texts of a peer folder: tokens a second of wall time, at the best batch size of a sweep,
// texts sorted by length. Prints rows of a Markdown table.
//   node transformers.mjs MODULES FOLDER THREADS ROUNDS
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [modules, folder, threads, rounds] = [process.argv[2], resolve(process.argv[3]), +process.argv[4], +process.argv[5]];
const require = createRequire(join(resolve(modules), 'index.js'));
const { env, AutoModelForSequenceClassification, Tensor } =
  await import(pathToFileURL(require.resolve('@huggingface/transformers')));
env.allowRemoteModels = false;
env.localModelPath = dirname(folder);

const batch = (texts) => {
  const longest = Math.max(...texts.map((text) => text.length));
  const ids = new BigInt64Array(texts.length * longest);
  const mask = new BigInt64Array(texts.length * longest);
  texts.forEach((text, row) => text.forEach((id, i) => {
    ids[row * longest + i] = BigInt(id);
    mask[row * longest + i] = 1n;
  }));
  const shape = [texts.length, longest];
  return { input_ids: new Tensor('int64', ids, shape), attention_mask: new Tensor('int64', mask, shape) };
};

const mixes = JSON.parse(readFileSync(join(folder, 'texts.json'), 'utf8'));
for (const [dtype, precision] of [['fp32', 'fp32'], ['q8', '8 bits']]) {
  const model = await AutoModelForSequenceClassification.from_pretrained(basename(folder), {
    dtype, device: 'cpu', session_options: { intraOpNumThreads: threads, interOpNumThreads: 1 },
  });
  for (const [mix, texts] of Object.entries(mixes)) {
    const sorted = [...texts].sort((a, b) => a.length - b.length);
    const tokens = texts.reduce((sum, text) => sum + text.length, 0);
    let best = { rate: 0 };
    for (const size of [1, 2, 4, 8, 16]) {
      const batches = [];
      for (let i = 0; i < sorted.length; i += size) batches.push(batch(sorted.slice(i, i + size)));
      for (let round = 0; round <= rounds; round++) {
        const since = performance.now();
        for (const inputs of batches) await model(inputs);
        const rate = (1000 * tokens) / (performance.now() - since);
        if (round > 0 && rate > best.rate) best = { rate, size }; // round 0 warms up
      }
    }
    console.log(`| ${precision} | ${mix} | transformers.js ${env.version} | ${best.size} a batch | ${best.rate.toFixed(0)} |`);
  }
}
