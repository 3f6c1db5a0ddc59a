/**
 * A permission by its name in Intercom's Developer Hub (developers.intercom.com, Setting up OAuth).
 * The error for a missing permission tells people to tick this name.
 */
export type Permission =
  | "Create phone call redirects"
  | "Export content data"
  | "Read admin activity logs"
  | "Read admins"
  | "Read and list articles"
  | "Read and list news items and newsfeeds"
  | "Read and list users and companies"
  | "Read and write AI content"
  | "Read and write articles"
  | "Read and write custom object instances"
  | "Read and write news items and newsfeeds"
  | "Read and write users"
  | "Read audiences"
  | "Read conversations"
  | "Read events"
  | "Read one admin"
  | "Read one user and one company"
  | "Read status of jobs"
  | "Read tags"
  | "Read tickets"
  | "Update admins"
  | "Write conversations"
  | "Write data attributes"
  | "Write events"
  | "Write tags"
  | "Write tickets"
  | "Write users and companies";
