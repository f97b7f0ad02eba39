-- A channel to the workers is called like the route that takes from it: mails that wait under the name of before are
-- sent, too.
update work set channel = 'notifications.send-mail' where channel = 'notifications.mail';
