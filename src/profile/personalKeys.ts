/** Keys whose values say who somebody is or where to find them; letters and digits only, in lower case. */
const PERSONAL_KEYS = new Set(
  `name fullname firstname lastname middlename surname givenname familyname maidenname nickname displayname username login
  email emailaddress mail recipient phone phonenumber mobile mobilephone telephone tel fax whatsapp
  address addresses street streetaddress shippingaddress billingaddress city postalcode postcode zip zipcode latitude longitude lat lng lon location geo
  birthday birthdate dateofbirth dob age gender avatar photo picture description
  userid anonymousid previousid deviceid advertisingid idfa customerid contactid externalid identifiers identifier
  ip ipaddress useragent ssn socialsecuritynumber passport passportnumber taxid nationalid iban accountnumber cardnumber licenseplate
  twitter facebook instagram linkedin github skype social website url href link referrer path search query
  body message text comment comments note notes transcript content subject reason feedback answer answers`.split(/\s+/),
);

/** What a longer key may end in to be as personal: billing_email, contactFirstName, engraving_text. A campaign_name or link_url is nobody's. */
const PERSONAL_ENDINGS = new Set(
  `firstname lastname middlename surname givenname familyname fullname displayname nickname username login
  email emails emailaddress phone phonenumber mobile mobilephone telephone tel fax whatsapp
  address addresses street streetaddress city postalcode postcode zip zipcode latitude longitude
  birthday birthdate dateofbirth dob ip ipaddress useragent ssn passport iban
  body message text comment comments note notes transcript subject feedback`.split(/\s+/),
);

/** Whether a trait or property of that name says who somebody is; neither letter case nor punctuation makes a difference. */
export function isPersonalKey(key: string): boolean {
  if (PERSONAL_KEYS.has(lettersOf(key))) return true;
  const words = key.slice(-LONGEST_LOOKED_AT).split(BETWEEN_WORDS);
  return ENDING_WORDS.some((count) => words.length > count && PERSONAL_ENDINGS.has(words.slice(-count).join('').toLowerCase()));
}

const LONGEST_LOOKED_AT = 100;
/** As in customer_date_of_birth. */
const ENDING_WORDS = [1, 2, 3];
/** Punctuation, or a capital after a small letter. */
const BETWEEN_WORDS = /[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/;

function lettersOf(key: string): string {
  return key.toLowerCase().replace(/[^a-z0-9]/g, '');
}
