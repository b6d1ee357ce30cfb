"""Who is asked, when: campaigns and invitations."""
