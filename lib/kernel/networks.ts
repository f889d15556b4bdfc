import { BlockList, isIP } from "node:net";

/** `10.0.0.0/8`, `fd00::/8`, or one address. */
export function isNetwork(text: string): boolean {
  try {
    addNetwork(new BlockList(), text);
    return true;
  } catch {
    return false;
  }
}

/** Throws where the text is no network. */
export function addNetwork(list: BlockList, text: string): void {
  const [address = "", bits, ...rest] = text.split("/");
  const version = isIP(address);
  const width = version === 6 ? 128 : 32;
  const length = bits === undefined ? width : Number(bits);
  if (version === 0 || rest.length > 0 || bits === "" || !Number.isInteger(length) || length < 0 || length > width)
    throw new Error(`${text} is no network`);
  list.addSubnet(address, length, version === 6 ? "ipv6" : "ipv4");
}
