import type { IconName } from "#components/ui/icon.tsx";
import type { Messages } from "#lib/text/messages.ts";

/** Six to a guide: two columns of three are what one sheet of A4 holds. */
export const STEPS = ["1", "2", "3", "4", "5", "6"] as const;
export type Step = (typeof STEPS)[number];

/** What one guide says. All have the same shape, or `wordsOf` does not compile. */
export type GuideWords = Messages["guidePasskey"]["here"];
/** Where in the words each guide is; the first stands for all where a type needs one. */
type WordsAt =
  | "guide.activation"
  | "guidePasskey.here"
  | "guidePasskey.elsewhere"
  | "guideApp"
  | "guideEmail"
  | "guideForgot"
  | "guideRoaming";

type Guide = {
  words: WordsAt;
  icon: IconName;
  /** Where its first step is done. */
  door: string;
};

/** The picture guides, in the order in which somebody new meets them. The name is the address below /guide. */
export const guides = {
  activation: { words: "guide.activation", icon: "mail", door: "/activate" },
  passkey: { words: "guidePasskey.here", icon: "fingerprint", door: "/settings" },
  "other-device": { words: "guidePasskey.elsewhere", icon: "other-device", door: "/settings/passkeys" },
  "authenticator-app": { words: "guideApp", icon: "otp-app", door: "/settings/authenticator-app" },
  "email-otp": { words: "guideEmail", icon: "otp-mail", door: "/sign-in" },
  "forgot-password": { words: "guideForgot", icon: "key", door: "/recover" },
  "roaming-otp": { words: "guideRoaming", icon: "usb", door: "/home" },
} as const satisfies Record<string, Guide>;

export type GuideName = keyof typeof guides;
export const guideNames = Object.keys(guides) as GuideName[];

export const isGuide = (name: string): name is GuideName => Object.hasOwn(guides, name);

/** The words of every guide in one language. */
export const wordsOf = ({ guide, guidePasskey, guideApp, guideEmail, guideForgot, guideRoaming }: Messages) =>
  ({
    activation: guide.activation,
    passkey: guidePasskey.here,
    "other-device": guidePasskey.elsewhere,
    "authenticator-app": guideApp,
    "email-otp": guideEmail,
    "forgot-password": guideForgot,
    "roaming-otp": guideRoaming,
  }) satisfies Record<GuideName, GuideWords>;
