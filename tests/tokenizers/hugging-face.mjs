// Rows of the table of tests/tokenizers.sh: Hugging Face's tokenizers from npm, the Rust one (in Node) and the one in
// JavaScript, on the texts and the vocabulary given, one thread. MB of UTF-8 per second of the process's CPU time, the better
// of two rounds after one to warm up. Each is called in every way it has; ids are compared with what ours printed.
import { createReadStream, readFileSync } from "node:fs";
import { createInterface } from "node:readline";
import { createRequire } from "node:module";
import { gunzipSync } from "node:zlib";

const [modules, vocabularyPath, textsPath, idsPath] = process.argv.slice(2);
const require = createRequire(`${modules}/package.json`);
const read = (path) => (path.endsWith(".gz") ? gunzipSync(readFileSync(path)) : readFileSync(path)).toString("utf8");

const vocabulary = {};
read(vocabularyPath).replace(/\r\n?/g, "\n").split("\n").forEach((token, id, all) => {
  if (id < all.length - 1 || token) vocabulary[token] = id;
});
const special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];
const json = {
  version: "1.0", truncation: null, padding: null, decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  added_tokens: special.map((content) => ({
    id: vocabulary[content], content, single_word: false, lstrip: false, rstrip: false, normalized: false, special: true,
  })),
  normalizer: { type: "BertNormalizer", clean_text: true, handle_chinese_chars: true, strip_accents: null, lowercase: false },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: {
    type: "TemplateProcessing",
    single: [{ SpecialToken: { id: "[CLS]", type_id: 0 } }, { Sequence: { id: "A", type_id: 0 } }, { SpecialToken: { id: "[SEP]", type_id: 0 } }],
    pair: [],
    special_tokens: Object.fromEntries(["[CLS]", "[SEP]"].map((id) => [id, { id, ids: [vocabulary[id]], tokens: [id] }])),
  },
  model: { type: "WordPiece", unk_token: "[UNK]", continuing_subword_prefix: "##", max_input_chars_per_word: 100, vocab: vocabulary },
};

const texts = read(textsPath).split("\n").filter((line) => line).map((line) => line.split("\t").at(-1));
const megabytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0) / 1e6;
const expected = [];
for await (const line of createInterface({ input: createReadStream(idsPath) })) expected.push(line);

const native = require("@anush008/tokenizers").Tokenizer.fromString(JSON.stringify(json));
const script = new (require("@huggingface/tokenizers").Tokenizer)(json, { tokenizer_class: "BertTokenizer" });
const versionOf = (name) => JSON.parse(readFileSync(`${modules}/node_modules/${name}/package.json`)).version;
const [nativeVersion, scriptVersion] = ["@anush008/tokenizers", "@huggingface/tokenizers"].map(versionOf);

const one = async (text) => (await native.encode(text)).getIds();
const batches = async function* (size) {
  for (let i = 0; i < texts.length; i += size) {
    for (const encoding of await native.encodeBatch(texts.slice(i, i + size))) yield encoding.getIds();
  }
};
const ways = [
  [`Rust tokenizers in Node (@anush008/tokenizers ${nativeVersion}), encode`, async function* () { for (const text of texts) yield await one(text); }],
  [`the same, encodeBatch of 32`, () => batches(32)],
  [`the same, encodeBatch of 1,000`, () => batches(1000)],
  [`JavaScript (@huggingface/tokenizers ${scriptVersion}), encode`, async function* () { for (const text of texts) yield script.encode(text).ids; }],
];
for (const [name, run] of ways) {
  let best = 0, tokens = 0, same = 0;
  for (let round = 0; round <= 2; round++) {
    const before = process.cpuUsage();
    tokens = 0;
    for await (const ids of run()) tokens += ids.length;
    const used = process.cpuUsage(before);
    if (round) best = Math.max(best, (megabytes * 1e6) / (used.user + used.system));
  }
  let line = 0;
  for await (const ids of run()) same += ids.join(" ") === expected[line++] ? 1 : 0;
  console.log(`| ${name} | ${best.toFixed(1)} | ${Math.round((best / megabytes) * tokens)} | ${((100 * same) / texts.length).toFixed(2)} % |`);
}
