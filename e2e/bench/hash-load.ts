// A process of its own that does nothing but verify argon2id hashes as the portal's are made.
// argv: how many, how many at a time. Writes one line of JSON: seconds.
import { hash, verify } from "@node-rs/argon2";

const [count = 0, atOnce = 0] = process.argv.slice(2).map(Number);
const password = "Teh-Tarik-Kurang-Manis-7";
const hashed = await hash(password, { memoryCost: 19_456, timeCost: 2, parallelism: 1 });

let left = count;
const from = performance.now();
await Promise.all(
  Array.from({ length: atOnce }, async () => {
    while (left-- > 0) if (!(await verify(hashed, password))) throw new Error("The right password was refused");
  }),
);
console.log(JSON.stringify({ seconds: (performance.now() - from) / 1_000 }));
