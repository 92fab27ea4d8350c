-- a copy for trying things out sends nothing, and has no key that could
UPDATE res_company
   SET dealer_sms_provider =
           CASE WHEN dealer_sms_provider IS NULL THEN NULL ELSE 'outbox' END,
       dealer_sms_key_id = NULL,
       dealer_sms_key_secret = NULL,
       dealer_sms_callback_key = NULL,
       dealer_wecom_secret = NULL,
       dealer_wecom_robot_key = NULL,
       dealer_wecom_token = NULL,
       dealer_wecom_token_until = NULL;
