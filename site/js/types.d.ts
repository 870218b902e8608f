// The shapes the API answers with, for the type checker alone: nothing here is served.

export type Account = {
  id: string;
  tag: string;
  name: string;
  number: string;
  kind: "customer" | "partner";
  status: "active" | "suspended" | "closed";
  suspension_reason: string | null;
  /** The partner that suspended it; null if the vendor did. */
  suspended_by: string | null;
};

export type Role = "owner" | "manager" | "member";

/** As what somebody acts in an account. */
export type Capacity = "member" | "guest" | "partner" | "staff";

/** Where a guest comes from, and until when they are let in. */
export type Guest = { home: { id: string; name: string }; until: string };

export type Me = {
  user: {
    id: string;
    first_name: string;
    last_name: string;
    email: string;
    language: string;
    second_factor: boolean;
    nickname: string;
    staff: "support" | "admin" | null;
  };
  account: Account | null;
  standing:
    | "working"
    | "unattached"
    | "suspended"
    | "closed"
    | "deactivated"
    | "second_factor_missing"
    | "staff"
    | "guest_ended"
    | "looking_after"
    | "customer_suspended"
    | "customer_closed"
    | "guests_only"
    | "not_theirs";
  role: Role | null;
  permissions: string[];
  capacity: "unattached" | Capacity;
  /** The account they belong to, where they act in another: a guest's, or a partner's. */
  home: { id: string; name: string } | null;
  guest_until: string | null;
  may: string[];
  session: { expires_at: string; idle_seconds: number };
};

export type AccountChoice = {
  id: string;
  name: string;
  number: string;
  kind: "customer" | "partner";
  role: Role;
  current: boolean;
  /** Whether that is over is the portal's to say: the clock is not all it rests on. */
  guest: (Guest & { ended: boolean }) | null;
};

export type License = {
  id: string;
  serial_number: string;
  product: { code: string; name: string };
  type: "perpetual" | "subscription" | "trial" | "demo";
  seats: { used: number; total: number } | null;
  starts_on: string;
  ends_on: string | null;
  maintenance_ends_on: string | null;
  state: "active" | "ending" | "ended" | "cancelled";
  order: { number: string; date: string; line: number } | null;
};

export type LicenseDetails = Omit<License, "order"> & {
  order: (NonNullable<License["order"]> & { purchase_order: string | null; invoice_url: string | null }) | null;
};

/** What an account has of one product, of one type, until one day. */
export type SummaryRow = {
  product: { code: string; name: string };
  type: License["type"];
  ends_on: string | null;
  state: License["state"];
  licenses: number;
  seats: { used: number; total: number };
};

export type ReleaseFile = {
  id: string;
  platform: "windows" | "macos" | "linux" | "any";
  arch?: string | null;
  name: string;
  bytes: number;
  sha256: string;
};

export type Release = {
  version: string;
  released_on: string;
  notes: string;
  terms_url: string | null;
  covered: boolean;
  files: ReleaseFile[];
};

export type LicenseList = { items: License[]; next: string | null; scope: "account" | "assigned" };

type Colleague = { id: string; name: string; me: boolean };

/** Something asked of the vendor, on its desk. */
export type DeskRequest = {
  id: string;
  kind:
    | "name"
    | "email"
    | "company"
    | "license_contact"
    | "taken_back"
    | "claim"
    | "dispute"
    | "renewal"
    | "missing_person"
    | "two_logins"
    | "access";
  asked_at: string;
  who: { id: string; name: string | null; email: string | null };
  account: { id: string; name: string | null; number: string | null } | null;
  wish: string;
  details: Record<string, string | null>;
  reason: string | null;
  owner: Colleague | null;
  approved_first: { by: Colleague; at: string } | null;
  takes_two: boolean;
  may: ("approve" | "refuse")[];
  barred: "own_request" | "same_person" | "admin_only" | null;
};

export type StaffPerson = {
  id: string;
  first_name: string;
  last_name: string;
  email: string;
  status: "invited" | "active" | "closing";
  signed_in_at: string | null;
};

/** An account in the console's list. */
export type AccountRow = Pick<Account, "id" | "name" | "number" | "kind" | "status">;

export type AccountDetails = AccountRow & {
  owner: StaffPerson | null;
  members: number;
  partner: { id: string; name: string; number: string; access: Access } | null;
  suspension_reason: string | null;
  features: { team_area: boolean; guests_only: boolean; partner: boolean; on_behalf: boolean };
  features_said: boolean;
};

export type OrderLine = Omit<License, "order" | "seats"> & { line: number; seats: { used: number; total: number } };

export type OrderDetails = {
  number: string;
  account: { id: string; name: string; number: string };
  date: string;
  purchase_order: string | null;
  invoice_url: string | null;
  cancelled_on: string | null;
  cancelled_because: string | null;
  revision: number;
  activation_code: "unused" | "used" | "cancelled" | null;
  lines: OrderLine[];
};

export type ProductDetails = {
  code: string;
  name: string;
  terms_url: string | null;
  trial_days: number | null;
  trial_seats: number;
  withdrawn: boolean;
  revision: number;
};

/** Somebody of the account's people: a member, or a contact who is none. */
export type Person = {
  user: string | null;
  contact: string | null;
  first_name: string;
  last_name: string;
  email: string;
  user_name: string | null;
  job_title: string | null;
  phone: string | null;
  group: "managers" | "members" | "guests" | "invited" | "contacts" | "inactive";
  role: Role | null;
  permissions: string[];
  status: "active" | "deactivated" | "unlinked" | null;
  registered: boolean;
  last_sign_in: string | null;
  seats: number;
  invitation: string | null;
  invited_until: string | null;
  reviewed_at: string | null;
  guest: Guest | null;
  version: number;
};

/** A member, and what whoever looks may do about them. */
export type MemberDetails = Person & { you: boolean; may: string[] };

/** Something that happened in the account. */
export type Activity = {
  at: string;
  event: string;
  change: string | null;
  /** Of the vendor's people no name is told. */
  by: { id: string; name: string | null; capacity: Capacity; home: { name: string } | null } | null;
};

/** How a partner's people get into a customer's account. */
export type Access = "automatic" | "guests_only";

/** A customer in its partner's list; of one that lets in guests alone no more is said than its name. */
export type CustomerRow = Pick<Account, "id" | "name" | "number" | "status"> & {
  access: Access;
  users: number | null;
  products: string[] | null;
  product_count: number | null;
  renews_on: string | null;
};

/** A customer, and what whoever looks may do about it. */
export type CustomerDetails = Pick<Account, "id" | "name" | "number" | "status" | "suspension_reason"> & {
  suspended_by: "partner" | "vendor" | null;
  access: Access;
  users: number;
  country: string | null;
  language: string;
  time_zone: string;
  owner: { first_name: string; last_name: string; email: string } | null;
  may: string[];
};

/** What the link of an invitation says. */
export type Invited = MyInvitation & {
  email: string;
  first_name: string;
  last_name: string;
  /** Null where the link was handed over, not mailed: then nobody has shown yet that the address is theirs. */
  has_login: boolean | null;
};

/** An invitation that waits for whoever is signed in. */
export type MyInvitation = {
  account: { id: string; name: string; number: string };
  invited_by: string;
  role: "manager" | "member";
  /** As a guest, for how many days; null of whoever is to belong to the account. */
  guest_days: number | null;
  expires_at: string;
};

/** Somebody the account has invited. */
export type InvitationRow = {
  id: string;
  email: string;
  first_name: string;
  last_name: string;
  role: "manager" | "member";
  guest_days: number | null;
  state:
    | "queued"
    | "delivered"
    | "bounced"
    | "handed_over"
    | "opened"
    | "accepted"
    | "declined"
    | "expired"
    | "revoked";
  sent_at: string;
  expires_at: string;
  opened_at: string | null;
  invited_by: string;
};

/** A line of the table of people to invite, and what is wrong with it. */
export type BulkRow = {
  line: number;
  email: string;
  first_name: string;
  last_name: string;
  job_title: string;
  phone: string;
  role: string;
  permissions: string[];
  language: string;
  problems: { field: string; code: string; params?: Record<string, string | number> }[];
};

/** Somebody who asks to join the account. */
export type Claimant = {
  user: { id: string; name: string; email: string };
  reference: string;
  asked_at: string;
};

/** What a member asks the account's managers for. */
export type AccessRequest = {
  user: string;
  name: string;
  email: string;
  wants: "orders" | "licenses" | "team";
  note: string | null;
  asked_at: string;
};

export type ChangeKind = "name" | "email" | "company" | "license_contact";

export type ChangeRequest = { id: string; kind: ChangeKind; asked_at: string; wish: string };

/** What a person says of themselves; "" is nothing. */
export type Details = {
  title: string;
  first_name: string;
  last_name: string;
  job_title: string;
  phone: string;
  street: string;
  postal_code: string;
  city: string;
  country: string;
  language: string;
};

export type Profile = Details & {
  email: string;
  nickname: string;
  owner: boolean;
  company: { name: string; number: string; verified: boolean; second_factor_required: boolean } | null;
  second_factor: { on: boolean; required: boolean; recovery_codes_left: number };
  requests: ChangeRequest[];
};

export type Enrolment = { secret: string; uri: string; qr: { size: number; path: string } };

export type SessionRow = {
  id: string;
  browser: "firefox" | "chrome" | "edge" | "safari" | "opera" | "other";
  system: "windows" | "macos" | "linux" | "android" | "ios" | "other";
  started_at: string;
  seen_at: string;
  current: boolean;
};

export type FieldError = { pointer: string; code: string; params?: Record<string, string | number> };

declare global {
  interface Window {
    /** Trusted Types, where the browser has them. */
    trustedTypes?: {
      createPolicy(name: string, rules: { createHTML(text: string): string }): { createHTML(text: string): unknown };
    };
  }
}
