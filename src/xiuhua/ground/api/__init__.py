"""What the JSON API of every room shares (接口): paging, what may be sent, who reads. `doors.api` joins the rooms."""
