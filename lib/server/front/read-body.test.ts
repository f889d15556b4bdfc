import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { afterEach, expect, test } from "vitest";
import { bodyRoom, readBody, unread } from "./read-body.ts";
import type { Refusal } from "./visit.ts";

const servers: ReturnType<typeof createServer>[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

/** What is read of a request whose body arrives as the client wants it. */
async function reading(within: number) {
  const read = Promise.withResolvers<{ body: Buffer | Refusal; req: IncomingMessage }>();
  const server = createServer(async (req) => read.resolve({ body: await readBody(req, within), req }));
  servers.push(server);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  await once(socket, "connect");
  return { socket, read: read.promise };
}

const head = (length: number) => `POST / HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n`;

test("a body that has been read is read again by whoever comes next", async () => {
  const { socket, read } = await reading(5_000);
  socket.write(`${head(10)}hello`);
  socket.write("again");
  const { body, req } = await read;
  expect(String(body)).toBe("helloagain");
  const parts: Buffer[] = [];
  for await (const part of unread(req, body as Buffer)) parts.push(part as Buffer);
  expect(Buffer.concat(parts).toString()).toBe("helloagain");
});

test("one that arrives too slowly is refused", async () => {
  const { socket, read } = await reading(30);
  socket.write(`${head(10)}hell`);
  expect((await read).body).toEqual({ status: 408, words: "slow" });
});

test("a client that goes away ends the waiting", async () => {
  const { socket, read } = await reading(5_000);
  socket.write(`${head(10)}hell`);
  socket.destroy();
  expect((await read).body).toMatchObject({ status: 400 });
});

test("an empty one is empty", async () => {
  const { socket, read } = await reading(5_000);
  socket.write(head(0));
  expect((await read).body).toEqual(Buffer.alloc(0));
});

test("when those that still arrive are too large together, the one that has taken longest is cut off", () => {
  const room = bodyRoom(100);
  const cuts: string[] = [];
  const body = (name: string) => {
    const cut = () => void cuts.push(name);
    room.begun(cut);
    return { arrives: (bytes: number) => room.arrived(cut, bytes), left: () => room.left(cut) };
  };
  const [done, slow, slower, quick] = [body("done"), body("slow"), body("slower"), body("quick")];
  done.arrives(90);
  done.left();
  slow.arrives(60);
  slower.arrives(40);
  expect(cuts).toEqual([]);
  quick.arrives(1);
  expect(cuts).toEqual(["slow"]);
  quick.arrives(59);
  expect(cuts).toEqual(["slow"]);
  quick.arrives(1);
  expect(cuts).toEqual(["slow", "slower"]);
});

test("a body that is cut off for want of room came too slowly, and one that is whole takes none", async () => {
  const room = bodyRoom(6);
  const cuts: string[] = [];
  const other = () => void cuts.push("other");
  room.begun(other);
  const read = async (body: string) => {
    const read = Promise.withResolvers<Buffer | Refusal>();
    const server = createServer(async (req) => read.resolve(await readBody(req, 5_000, room)));
    servers.push(server);
    await once(server.listen(0, "127.0.0.1"), "listening");
    connect((server.address() as AddressInfo).port, "127.0.0.1").write(body);
    return read.promise;
  };
  expect(String(await read(`${head(6)}hello!`))).toBe("hello!");
  room.arrived(other, 6);
  expect(cuts).toEqual([]);
  room.left(other);
  expect(await read(`${head(10)}hellohe`)).toEqual({ status: 408, words: "slow" });
});
