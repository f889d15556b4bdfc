import activate from "./activate.json" with { type: "json" };
import captcha from "./captcha.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import demo from "./demo.json" with { type: "json" };
import errors from "./errors.json" with { type: "json" };
import form from "./form.json" with { type: "json" };
import front from "./front.json" with { type: "json" };
import guide from "./guide.json" with { type: "json" };
import home from "./home.json" with { type: "json" };
import info from "./info.json" with { type: "json" };
import landing from "./landing.json" with { type: "json" };
import mail from "./mail.json" with { type: "json" };
import mailbox from "./mailbox.json" with { type: "json" };
import passwordRules from "./passwordRules.json" with { type: "json" };
import refusals from "./refusals.json" with { type: "json" };
import register from "./register.json" with { type: "json" };
import signIn from "./signIn.json" with { type: "json" };

export default {
  activate,
  captcha,
  common,
  demo,
  errors,
  form,
  front,
  guide,
  home,
  info,
  landing,
  mail,
  mailbox,
  passwordRules,
  refusals,
  register,
  signIn,
};
