import actions from "./actions.json" with { type: "json" };
import activate from "./activate.json" with { type: "json" };
import activity from "./activity.json" with { type: "json" };
import administration from "./administration.json" with { type: "json" };
import appearance from "./appearance.json" with { type: "json" };
import approvals from "./approvals.json" with { type: "json" };
import audit from "./audit.json" with { type: "json" };
import authenticatorApp from "./authenticatorApp.json" with { type: "json" };
import callerCheck from "./callerCheck.json" with { type: "json" };
import campaignBoard from "./campaignBoard.json" with { type: "json" };
import campaignLetters from "./campaignLetters.json" with { type: "json" };
import campaigns from "./campaigns.json" with { type: "json" };
import captcha from "./captcha.json" with { type: "json" };
import cases from "./cases.json" with { type: "json" };
import changePassword from "./changePassword.json" with { type: "json" };
import common from "./common.json" with { type: "json" };
import completeness from "./completeness.json" with { type: "json" };
import console from "./console.json" with { type: "json" };
import dataExport from "./dataExport.json" with { type: "json" };
import demo from "./demo.json" with { type: "json" };
import diagnosis from "./diagnosis.json" with { type: "json" };
import emailCode from "./emailCode.json" with { type: "json" };
import enrol from "./enrol.json" with { type: "json" };
import errors from "./errors.json" with { type: "json" };
import exampleSystems from "./exampleSystems.json" with { type: "json" };
import form from "./form.json" with { type: "json" };
import front from "./front.json" with { type: "json" };
import google from "./google.json" with { type: "json" };
import guide from "./guide.json" with { type: "json" };
import guideApp from "./guideApp.json" with { type: "json" };
import guideEmail from "./guideEmail.json" with { type: "json" };
import guideForgot from "./guideForgot.json" with { type: "json" };
import guidePasskey from "./guidePasskey.json" with { type: "json" };
import guideRoaming from "./guideRoaming.json" with { type: "json" };
import hardwareTokens from "./hardwareTokens.json" with { type: "json" };
import helpdesk from "./helpdesk.json" with { type: "json" };
import home from "./home.json" with { type: "json" };
import info from "./info.json" with { type: "json" };
import insights from "./insights.json" with { type: "json" };
import interaction from "./interaction.json" with { type: "json" };
import invitations from "./invitations.json" with { type: "json" };
import landing from "./landing.json" with { type: "json" };
import launchpad from "./launchpad.json" with { type: "json" };
import lock from "./lock.json" with { type: "json" };
import lostFactor from "./lostFactor.json" with { type: "json" };
import mail from "./mail.json" with { type: "json" };
import mailbox from "./mailbox.json" with { type: "json" };
import mailboxChange from "./mailboxChange.json" with { type: "json" };
import method from "./method.json" with { type: "json" };
import move from "./move.json" with { type: "json" };
import moveRequests from "./moveRequests.json" with { type: "json" };
import offer from "./offer.json" with { type: "json" };
import officerRequests from "./officerRequests.json" with { type: "json" };
import oidcErrors from "./oidcErrors.json" with { type: "json" };
import onsite from "./onsite.json" with { type: "json" };
import passkeys from "./passkeys.json" with { type: "json" };
import passwordRules from "./passwordRules.json" with { type: "json" };
import profile from "./profile.json" with { type: "json" };
import recover from "./recover.json" with { type: "json" };
import recoveryCodes from "./recoveryCodes.json" with { type: "json" };
import refusals from "./refusals.json" with { type: "json" };
import register from "./register.json" with { type: "json" };
import relyingParties from "./relyingParties.json" with { type: "json" };
import requests from "./requests.json" with { type: "json" };
import roles from "./roles.json" with { type: "json" };
import securityPhrase from "./securityPhrase.json" with { type: "json" };
import securityQuestions from "./securityQuestions.json" with { type: "json" };
import sessions from "./sessions.json" with { type: "json" };
import settings from "./settings.json" with { type: "json" };
import signIn from "./signIn.json" with { type: "json" };
import signOut from "./signOut.json" with { type: "json" };
import staffRegister from "./staffRegister.json" with { type: "json" };
import stepUp from "./stepUp.json" with { type: "json" };
import systemRoles from "./systemRoles.json" with { type: "json" };
import systems from "./systems.json" with { type: "json" };
import undo from "./undo.json" with { type: "json" };

export default {
  actions,
  activate,
  activity,
  administration,
  appearance,
  approvals,
  audit,
  authenticatorApp,
  callerCheck,
  campaignBoard,
  campaignLetters,
  campaigns,
  captcha,
  cases,
  changePassword,
  common,
  completeness,
  console,
  dataExport,
  demo,
  diagnosis,
  emailCode,
  enrol,
  errors,
  exampleSystems,
  form,
  front,
  google,
  guide,
  guideApp,
  guideEmail,
  guideForgot,
  guidePasskey,
  guideRoaming,
  hardwareTokens,
  helpdesk,
  home,
  info,
  insights,
  interaction,
  invitations,
  landing,
  launchpad,
  lock,
  lostFactor,
  mail,
  mailbox,
  mailboxChange,
  method,
  move,
  moveRequests,
  offer,
  officerRequests,
  oidcErrors,
  onsite,
  passkeys,
  passwordRules,
  profile,
  recover,
  recoveryCodes,
  refusals,
  register,
  relyingParties,
  requests,
  roles,
  securityPhrase,
  securityQuestions,
  sessions,
  settings,
  signIn,
  signOut,
  staffRegister,
  stepUp,
  systemRoles,
  systems,
  undo,
};
