// A process of its own that does nothing but verify ES256 signatures as passkeys make them, one over authenticator data
// and the hash of the client data each. argv: how many, how many at a time. Writes one line of JSON: seconds.
import { generateKeyPairSync, randomBytes, sign, verify } from "node:crypto";
import { promisify } from "node:util";

const [count = 0, atOnce = 0] = process.argv.slice(2).map(Number);
const check = promisify(verify);
const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
const signed = randomBytes(37 + 32);
const signature = sign("sha256", signed, privateKey);

let left = count;
const from = performance.now();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (left-- > 0)
      if (!(await check("sha256", signed, publicKey, signature))) throw new Error("The right signature was refused");
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - from) / 1_000 }));
