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

/** Whether a trait or property of that name says who somebody is; neither letter case nor punctuation makes a difference. */
export function isPersonalKey(key: string): boolean {
  return PERSONAL_KEYS.has(key.toLowerCase().replace(/[^a-z0-9]/g, ''));
}
