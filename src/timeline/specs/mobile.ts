import type { EventSpecRow } from './eventSpec';

/**
 * Segment, "Native Mobile Spec". Deep Link Opened comes in addition to Application Opened, so only the latter counts as
 * opening the app.
 */
// biome-ignore format: one event a line
export const MOBILE: readonly EventSpecRow[] = [
  // life of the app
  [['Application Installed', 'App Installed', 'Installed Application'], 'APP_OPENED', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Opened', 'App Opened', 'Opened Application', 'App Launched'], 'APP_OPENED', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Foregrounded', 'App Foregrounded'], 'APP_OPENED', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Backgrounded', 'App Backgrounded'], 'CUSTOM', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Updated', 'App Updated'], 'CUSTOM', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Uninstalled', 'App Uninstalled'], 'CUSTOM', 'PRODUCT', 'MOBILE_APP', 'INBOUND'],
  [['Application Crashed', 'App Crashed'], 'ERROR_SEEN', 'PRODUCT', 'MOBILE_APP', 'OUTBOUND'],
  // campaigns
  [['Install Attributed'], 'CUSTOM', 'MARKETING', 'MOBILE_APP', 'INTERNAL'],
  [['Push Notification Sent', 'Push Sent'], 'MESSAGE_SENT', 'MARKETING', 'MOBILE_APP', 'OUTBOUND'],
  [['Push Notification Received', 'Push Received'], 'MESSAGE_SENT', 'MARKETING', 'MOBILE_APP', 'OUTBOUND'],
  [['Push Notification Tapped', 'Push Notification Opened', 'Push Tapped'], 'CUSTOM', 'MARKETING', 'MOBILE_APP', 'INBOUND'],
  [['Push Notification Bounced', 'Push Bounced'], 'CUSTOM', 'MARKETING', 'MOBILE_APP', 'OUTBOUND'],
  [['Deep Link Opened'], 'CUSTOM', 'MARKETING', 'MOBILE_APP', 'INBOUND'],
  [['Deep Link Clicked'], 'CUSTOM', 'MARKETING', 'MOBILE_APP', 'INBOUND'],
];
