// A process of its own, so that what it costs is the same for both sides: asks for one page over and over.
// argv: the URL, how many at a time, milliseconds, and, where it is not to go on all that time, how many at most. Writes one line of JSON: answers, seconds, bytes of the first.
import http from "node:http";
import https from "node:https";

const [url = "", atOnce = "", span = "", most = "Infinity"] = process.argv.slice(2);
const { Agent, get: ask } = url.startsWith("https:") ? https : http;
const agent = new Agent({ keepAlive: true, maxSockets: Number(atOnce) });
let begun = 0;
let answers = 0;
let bytes = 0;

const get = (n: number) =>
  new Promise<void>((done, fail) => {
    // As from a thousand browsers, each with an address of its own, so that no limit of an address is met.
    const address = `10.${process.pid & 255}.${(n >> 8) & 3}.${n & 255}`;
    const headers = { "x-forwarded-for": address, "accept-encoding": "identity" };
    ask(url, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) fail(new Error(`${url} answered ${answer.statusCode}`));
      let size = 0;
      answer.on("data", (chunk: Buffer) => (size += chunk.length));
      answer.on("end", () => {
        bytes ||= size;
        done();
      });
    }).on("error", fail);
  });

const from = performance.now();
const until = from + Number(span);
await Promise.all(
  Array.from({ length: Number(atOnce) }, async () => {
    while (performance.now() < until && begun < Number(most)) {
      await get(begun++);
      answers++;
    }
  }),
);
console.log(JSON.stringify({ answers, seconds: (performance.now() - from) / 1_000, bytes }));
process.exit(0);
