// A process of its own: nodemailer alone hands the same rendered letter over, over and over, on as many connections as the portal has.
// argv: the server's URL, how many letters. The letter ({ text, html }) comes in as JSON. Writes one line of JSON: seconds.
import { json } from "node:stream/consumers";
import { createTransport } from "nodemailer";

const [url = "", howMany = ""] = process.argv.slice(2);
const letter = (await json(process.stdin)) as { text: string; html: string };
const pool = createTransport({ url, pool: true, maxConnections: 5, maxMessages: 500 });
const send = (n: number) =>
  pool.sendMail({ from: "kunci@contoh.test", to: `penerima.${n}@contoh.test`, subject: "Kunci", ...letter });
await send(0);

const from = performance.now();
await Promise.all(Array.from({ length: Number(howMany) }, (_, n) => send(n)));
console.log(JSON.stringify({ seconds: (performance.now() - from) / 1_000 }));
pool.close();
