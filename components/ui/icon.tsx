/**
 * The pictures of `public/icons.svg`. A picture never stands without words, so all of them are hidden from screen
 * readers.
 */
export type IconName =
  | "again"
  | "arrow"
  | "book"
  | "box"
  | "calendar"
  | "cart"
  | "chart"
  | "check"
  | "circle"
  | "clock"
  | "contrast"
  | "cross"
  | "door"
  | "down"
  | "download"
  | "edit"
  | "eye"
  | "fingerprint"
  | "flag"
  | "globe"
  | "google"
  | "help"
  | "history"
  | "home"
  | "id"
  | "info"
  | "key"
  | "laptop"
  | "list"
  | "lock"
  | "login"
  | "logout"
  | "mail"
  | "mobile"
  | "next"
  | "office"
  | "other-device"
  | "otp-app"
  | "otp-mail"
  | "password"
  | "phone"
  | "plus"
  | "print"
  | "quote"
  | "send"
  | "shield"
  | "study"
  | "tick-circle"
  | "trash"
  | "usb"
  | "user"
  | "user-plus"
  | "wallet"
  | "warn";

type IconProps = { name: IconName; small?: boolean | undefined; className?: string | undefined };

export function Icon({ name, small, className }: IconProps) {
  const classes = `icon${small ? " icon-s" : ""}${className ? ` ${className}` : ""}`;
  return (
    <svg className={classes} aria-hidden>
      <use href={`/icons.svg#i-${name}`} />
    </svg>
  );
}

/** The mark: a key whose bow is a wajik. */
export function Mark() {
  return (
    <svg className="mark" aria-hidden>
      <use href="/icons.svg#mark" />
    </svg>
  );
}
